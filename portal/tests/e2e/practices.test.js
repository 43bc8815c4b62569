import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const titles = (page) => page.$$eval('main .cards h3', (all) => all.map((one) => one.textContent));
const counted = async (page) => Number.parseInt(await page.textContent('main h2[aria-live]'), 10);
const search = (page) => new URL(page.url()).searchParams;

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
  await page.selectOption('#cost', { index: 3 });
  await page.selectOption('#order', 'TITLE');
  await settled(page);
  assert.deepEqual([search(page).get('target'), search(page).get('cost'), search(page).get('order')], ['FAMILIES', '60000', 'TITLE']);
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

test('what nothing fits says which filter to drop and who can help', async () => {
  const page = await site.visit({ width: 360, language: 'en' });
  await visitPage(page, '/practices?field=ADMIN_PROCUREMENT&target=DETAINEES&tool=HOUSING_FIRST&province=FG');
  await page.waitForSelector('.empty');
  await check(page, 'nothing found');
  assert.match(await page.textContent('.empty'), /Without “.+”[\s\S]*Who can help/);
  await page.click('.drawer summary');
  await check(page, 'filters open on a small screen');
  await page.click('.empty .btn-primary');
  await page.waitForSelector('main .cards');
  assert.equal(search(page).size, 0);
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

test('an Ambito is chosen on the map with keys alone, or in the list', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices');
  await page.focus('.map-details summary');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role=option]');
  await page.keyboard.press('Tab');
  const name = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  const here = await name();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await name(), here);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.search.includes('ambito='));
  await settled(page);
  assert.equal(await page.inputValue('#ambito'), search(page).get('ambito'));
  assert.equal(await page.getAttribute('[role=option][aria-selected=true]', 'aria-label'), await name());
  await check(page, 'an Ambito chosen on the map');
  await page.selectOption('#ambito', 'ambito-bitonto');
  await settled(page);
  assert.ok((await counted(page)) > 1);
  await page.context().close();
});

for (const [as, width, language] of [[undefined, 360, 'it'], ['nardo', 1280, 'it'], ['bitonto', 360, 'en'], ['steward', 1280, 'en']]) {
  test(`a practice and what ${as ?? 'nobody'} may do with it (${width} px, ${language})`, async () => {
    const page = await site.visit({ as, width, language });
    await visitPage(page, '/practices/incontra-bitonto');
    await page.waitForSelector('.tree, .relations');
    await check(page, 'a real practice');
    const links = await page.$$eval('.help a', (all) => all.map((one) => one.getAttribute('href')));
    const ask = '/requests/new?practice=incontra-bitonto';
    if (as === 'nardo') assert.deepEqual(links, [ask, `${ask}&level=DOCUMENTS`]);
    if (as === 'bitonto') assert.deepEqual(links, ['/our-practices/incontra-bitonto']);
    if (as === 'steward') assert.ok(!links.some((link) => link.startsWith('/requests')));
    if (!as) {
      assert.deepEqual(links, ['/sign-in?to=/practices/incontra-bitonto']);
      assert.match(await page.textContent('.honest'), /Non raccontato/);
    }
    await page.context().close();
  });
}

test('an illustrative practice says so, and shows kit, measures and lineage', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices/emporio-solidale-trani');
  await page.waitForSelector('.tree');
  assert.ok(await page.isVisible('main .badge-demo'));
  assert.ok((await page.$$('.tree path.dashed')).length > 0, 'what is not confirmed is dashed');
  for (const summary of await page.$$('main details summary')) await summary.click();
  await check(page, 'everything unfolded');
  const before = await page.$$eval('.charts li', (all) => all.length);
  assert.equal(await page.$$eval('.table tbody tr', (all) => all.length), before);
  await page.click('.tree a:first-of-type');
  await page.waitForURL((url) => !url.pathname.endsWith('emporio-solidale-trani'));
  await settled(page);
  await page.context().close();
});

test('a practice is printed as a clean sheet', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices/emporio-solidale-trani');
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['header', 'footer', '.breadcrumb-container', '.page-actions', '.help .actions', '.index']) {
    assert.ok(!(await page.isVisible(hidden)), hidden);
  }
  assert.ok(await page.isVisible('.print-only'));
  assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
  await page.context().close();
});

test('a practice that is not there helps on', async () => {
  const page = await site.visit({ width: 360 });
  await visitPage(page, '/practices/no-such-practice');
  await check(page, 'no such practice');
  assert.match(await page.textContent('h1'), /non trovata/);
  assert.ok(await page.isVisible('main a[href="/practices"].btn'));
  await page.context().close();
});

test('an uploaded document of the kit can be downloaded', async () => {
  const owner = await site.visit({ as: 'bitonto' });
  const { request } = owner.context();
  const ask = async (query, variables) => (await (await request.post('/graphql', { data: { query, variables } })).json()).data;
  const { practice } = await ask('{ practice(by: { slug: "incontra-bitonto" }) { id } }');
  const address = `/documents?practice=${encodeURIComponent(practice.id)}&name=verbale.txt`;
  const headers = { 'content-type': 'application/octet-stream' };
  const { document } = await (await request.post(address, { headers, data: Buffer.from('Verbale. '.repeat(400)) })).json();
  const { addKitItem } = await ask(
    'mutation($input: AddKitItemInput!) { addKitItem(input: $input) { userErrors { message } } }',
    { input: { practice: practice.id, kind: 'OTHER', phase: 'DECIDE', title: 'Verbale dell’assemblea', document: document.id } },
  );
  assert.deepEqual(addKitItem.userErrors, []);
  await owner.context().close();

  const page = await site.visit({ width: 360 });
  await visitPage(page, '/practices/incontra-bitonto');
  await check(page, 'a kit with a document');
  const link = page.locator('#kit ~ .phases a[download]');
  assert.match(await link.locator('..').textContent(), /verbale\.txt.*4 kB/);
  const answer = await page.context().request.get(await link.getAttribute('href'));
  assert.equal((await answer.body()).length, 3600);
  await page.context().close();
});
