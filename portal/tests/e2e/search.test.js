// Finding practices by words and filters: as one types, in the address, on the map, and when nothing is found.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { tabTo } from './hands.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const titles = (page) => page.$$eval('main .cards h3', (all) => all.map((one) => one.textContent));
const counted = async (page) => Number.parseInt(await page.textContent('main h2[aria-live]'), 10);
const search = (page) => new URL(page.url()).searchParams;
/** Waits until these words stand in the address and what they find is there. */
const looked = async (page, words) => {
  await page.waitForFunction((q) => new URLSearchParams(location.search).get('q') === q, words);
  await settled(page);
};

test('results come as one types; the words stand in the address, and one step back leaves the page', async () => {
  const page = await site.visit();
  await visitPage(page, '/territories');
  await page.click('#main-menu a[href="/practices"]');
  await page.waitForURL('**/practices');
  await settled(page);
  const all = await counted(page);
  await page.focus('#search');
  await page.keyboard.type('anziani soli');
  await looked(page, 'anziani soli');
  const some = await counted(page);
  assert.ok(some > 0 && some < all);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search', 'who types goes on typing');
  assert.ok((await page.$$eval('main mark', (all) => all.map((one) => one.textContent.toLowerCase()))).some((word) => word.startsWith('anzian')));
  await check(page, 'words found');
  await page.reload();
  await settled(page);
  assert.equal(await page.inputValue('#search'), 'anziani soli');
  assert.equal(await counted(page), some);
  await page.goBack();
  await page.waitForURL('**/territories');
  await page.context().close();
});

test('a late answer to earlier words never takes the place of a later one, and the old results stay meanwhile', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices');
  const all = await counted(page);
  let release;
  const held = new Promise((go) => { release = go; });
  await page.route('**/graphql', async (route) => {
    if (route.request().postDataJSON().variables.text === 'anziani') await held;
    await route.continue().catch(() => { /* Given up by the page meanwhile. */ });
  });
  await page.fill('#search', 'anziani');
  await page.waitForSelector('main [aria-busy="true"]');
  assert.equal(await counted(page), all);
  assert.ok((await titles(page)).length > 0, 'what was there stays');
  await page.fill('#search', 'minori');
  await looked(page, 'minori');
  const found = await titles(page);
  release();
  await page.fill('#search', 'minori ');
  await settled(page);
  assert.deepEqual(await titles(page), found);
  await page.context().close();
});

test('a typing error is mended, a territory is found by its name (360 px)', async () => {
  const page = await site.visit({ width: 360 });
  await visitPage(page, '/search?q=anziami');
  assert.match(await page.textContent('.suggestion'), /Forse cercavi\s+anziani/);
  await check(page, 'a typing error');
  await page.click('.suggestion button');
  await looked(page, 'anziani');
  assert.ok(!(await page.isVisible('.suggestion')));
  assert.equal(await page.inputValue('#search'), 'anziani');
  await page.fill('#search', 'bitonto');
  await page.press('#search', 'Enter');
  await looked(page, 'bitonto');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2', 'the keyboard of a small screen gives way to the results');
  await check(page, 'a territory named');
  await page.click('.named a[href="/territories/bitonto"]');
  await page.waitForURL('**/territories/bitonto');
  await settled(page);
  assert.equal(await page.getAttribute('link[rel=alternate][type="application/atom+xml"]', 'href'), '/feeds/practices.atom?territory=bitonto');
  await page.context().close();
});

test('a feed is followed in the language of the page', async () => {
  const page = await site.visit({ language: 'en' });
  await visitPage(page, '/practices?field=SOCIO_EDU');
  const href = '/feeds/practices.atom?field=SOCIO_EDU&lang=en';
  await page.waitForSelector(`main a[href="${href}"]`);
  assert.equal(await page.getAttribute('link[rel=alternate][type="application/atom+xml"]', 'href'), href);
  const feed = await (await page.request.get(href)).text();
  assert.match(feed, /xml:lang="en"/);
  await page.click('header button[lang=it], header [lang=it]');
  await page.waitForSelector('main a[href="/feeds/practices.atom?field=SOCIO_EDU"]');
  await page.context().close();
});

test('no filter is an empty box, whatever is chosen', async () => {
  const page = await site.visit();
  for (const path of ['/practices', '/practices?q=xyzzy', '/practices?area=NOPE&cost=30000', '/practices?field=SOCIO_EDU&target=DETAINEES&province=BR']) {
    await visitPage(page, path);
    for (const summary of await page.$$('.filters details:not([open]) > summary')) await summary.click();
    const choices = await page.$$eval('.filters .facet', (all) => all.map((one) => one.querySelectorAll('input:not([id$="-any"])').length));
    assert.ok(choices.every((count) => count > 0), `${path}: ${choices}`);
    const none = await page.$$eval('.filters .check:not(:has(:checked))', (all) => all.map((one) => one.textContent).filter((text) => text.includes('(0)')));
    assert.deepEqual(none, [], `${path}: what gives nothing is not offered`);
  }
  await check(page, 'filters that give nothing');
  await page.context().close();
});

test('the search is reached from the first page and from the header of every page', async () => {
  const page = await site.visit();
  await visitPage(page, '/');
  await page.fill('#search', 'PUA');
  await page.press('#search', 'Enter');
  await page.waitForURL('**/practices?q=PUA');
  await page.locator('main h3', { hasText: 'PUA' }).first().waitFor();
  assert.ok(!(await page.isVisible('#header-search')), 'one field is enough');
  await visitPage(page, '/territories');
  await page.fill('#header-search', 'gara deserta');
  await page.click('.header-search button');
  await page.waitForURL((url) => url.searchParams.get('q') === 'gara deserta');
  await settled(page);
  assert.ok((await counted(page)) > 0);
  await page.context().close();
});

test('every filter says what it gives, and gives that', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices?q=famiglie');
  for (const summary of await page.$$('.filters details:not([open]) > summary')) await summary.click();
  await check(page, 'all filters unfolded');
  for (const name of ['field', 'target', 'tool', 'fund', 'province', 'evidence', 'cost']) {
    const option = page.locator(`.filters input[name="${name}"]:not([id$="-any"])`).first();
    const id = await option.getAttribute('id');
    const said = Number(/\((\d+)\)/.exec(await page.textContent(`label[for="${id}"]`))[1]);
    await page.click(`label[for="${id}"]`);
    await page.waitForSelector('.chips');
    await settled(page);
    assert.equal(await counted(page), said, id);
    assert.ok(search(page).get(name), id);
    assert.equal(await page.evaluate(() => document.activeElement.id), id, 'the focus stays where it was');
    await page.click('.chips .text-button');
    await page.waitForSelector('.chips', { state: 'detached' });
    await settled(page);
  }
  await page.context().close();
});

test('filters stand in the address, narrow the list, and come back with the back button', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices');
  await check(page, 'the whole list');
  const all = await counted(page);
  await page.check('#target-FAMILIES');
  await page.waitForSelector('.chips');
  await settled(page);
  const some = await counted(page);
  assert.ok(some > 0 && some < all);
  await page.click('.facet:has(#cost-100000) summary');
  await page.check('#cost-100000');
  await page.selectOption('#order', 'TITLE');
  await settled(page);
  assert.deepEqual([search(page).get('target'), search(page).get('cost'), search(page).get('order')], ['FAMILIES', '100000', 'TITLE']);
  const narrowed = await titles(page);
  assert.ok(narrowed.length > 0 && narrowed.length <= some);
  assert.deepEqual(narrowed, [...narrowed].sort((a, b) => a.localeCompare(b, 'it')));
  await check(page, 'two filters');

  await page.click('main .cards li:first-child a');
  await page.waitForSelector('#help');
  await page.goBack();
  await page.waitForSelector('.chips');
  await settled(page);
  assert.deepEqual(await titles(page), narrowed);
  assert.ok(await page.isChecked('#target-FAMILIES'));

  await page.click('.chips button:first-child');
  await page.waitForFunction(() => document.querySelectorAll('.chips .chip-button').length === 1);
  assert.equal(await page.evaluate(() => document.activeElement.className.split(' ')[0]), 'chip-button');
  await page.click('.chips .text-button');
  await page.waitForSelector('.chips', { state: 'detached' });
  await settled(page);
  assert.equal(await counted(page), all);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');
  await page.context().close();
});

test('what nothing fits says what dropping each part would give, and who can help', async () => {
  const page = await site.visit({ width: 360, language: 'en' });
  await visitPage(page, '/practices?q=bitonto&field=ADMIN_PROCUREMENT&target=DETAINEES');
  await page.waitForSelector('.empty');
  await page.locator('.empty button', { hasText: /Without “.+” \(\d+ practices?\)/ }).first().waitFor();
  await check(page, 'nothing found');
  assert.match(await page.textContent('main'), /Who can help/);
  assert.match(await page.getAttribute('main a[href^="/find"]', 'href'), /text=bitonto&field=ADMIN_PROCUREMENT&target=DETAINEES/);
  await page.click('.drawer > summary');
  await check(page, 'filters open on a small screen');
  const button = page.locator('.empty button').first();
  const promised = Number(/\((\d+)/.exec(await button.textContent())[1]);
  await button.click();
  await page.waitForSelector('main .cards');
  await settled(page);
  assert.equal(await counted(page), promised);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');

  await visitPage(page, '/practices?q=xyzzy');
  await page.click('.empty .btn-primary');
  await page.waitForSelector('main .cards');
  assert.equal(search(page).size, 0);
  assert.equal(await page.inputValue('#search'), '');
  await page.context().close();
});

test('more is shown without losing the focus, and is still shown after a step back', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices');
  const first = await titles(page);
  await page.focus('button[aria-busy]');
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('main .cards > li').length > count, first.length);
  const more = await titles(page);
  assert.deepEqual(more.slice(0, first.length), first);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), more[first.length]);
  const left = await page.evaluate(() => window.scrollY);
  assert.ok(left > 0);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#help');
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  await page.goBack();
  await page.waitForFunction((count) => document.querySelectorAll('main .cards > li').length === count, more.length);
  await page.waitForFunction((y) => Math.abs(window.scrollY - y) < 50, left);
  await page.context().close();
});

test('the map shows whose practices were found; an Ambito is chosen on it with keys alone, or in the list', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices?target=FAMILIES');
  const all = await counted(page);
  await page.focus('main button[aria-pressed]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.owners [role=option]');
  await settled(page);
  assert.equal(search(page).get('view'), 'map');
  const counts = await page.$$eval('.owners [role=option]', (all) => all.map((one) => Number.parseInt(/: (\d+)/.exec(one.getAttribute('aria-label'))?.[1] ?? '0', 10)));
  assert.equal(counts.reduce((sum, one) => sum + one, 0), all);
  await page.focus('.owners [tabindex="0"]');
  const name = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  const here = await name();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await name(), here);
  await page.click('.owners [role=option][aria-label^="Bitonto"]');
  await page.waitForFunction(() => location.search.includes('ambito='));
  await settled(page);
  assert.equal(await page.inputValue('#ambito'), 'ambito-bitonto');
  assert.equal(await page.getAttribute('[role=option][aria-selected=true]', 'aria-label'), await name());
  assert.equal(await counted(page), Number(/\d+/.exec(await name())[0]));
  await check(page, 'an Ambito chosen on the map');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !location.search.includes('ambito='));
  await page.selectOption('#ambito', 'ambito-bitonto');
  await settled(page);
  assert.ok((await counted(page)) > 1);
  await page.context().close();
});

test('the map on a small screen (en)', async () => {
  const page = await site.visit({ width: 360, language: 'en' });
  await visitPage(page, '/practices?view=map');
  await page.waitForSelector('.owners [role=option]');
  await check(page, 'the map');
  await page.context().close();
});

test('by the keyboard alone: words, a filter, a practice', async () => {
  const page = await site.visit();
  await visitPage(page, '/');
  await tabTo(page, '#search');
  await page.keyboard.type('minori');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/practices?q=minori');
  await settled(page);
  await tabTo(page, '.filters input[type=checkbox]');
  await page.keyboard.press('Space');
  await page.waitForSelector('.chips');
  await settled(page);
  await tabTo(page, 'main .cards a');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#help');
  await page.context().close();
});
