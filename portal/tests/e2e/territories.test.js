import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const rows = (page) => page.$$eval('main .rows a', (all) => all.map((one) => one.textContent));

test('a territory is found by any of its names', async () => {
  const page = await site.visit();
  await visitPage(page, '/territories');
  await check(page, 'all territories');
  await page.fill('#q', 'nardo');
  assert.deepEqual(await rows(page), ['Ambito di Nardò', 'Comune di Nardò']);
  await page.selectOption('#kind', 'COMUNE');
  assert.deepEqual(await rows(page), ['Comune di Nardò']);
  assert.match(page.url(), /q=nardo&kind=COMUNE/);
  await page.press('#q', 'Enter');
  await page.waitForURL('**/territories/nardo');
  await page.goBack();
  await settled(page);
  assert.equal(await page.inputValue('#q'), 'nardo');
  await page.fill('#q', 'nowhere at all');
  await page.press('#q', 'Enter');
  await page.waitForSelector('.empty');
  await check(page, 'none found');
  await page.click('.empty button');
  await page.waitForSelector('main .rows');
  await page.context().close();
});

test('a territory is chosen on the map, and the list goes on (360 px, en)', async () => {
  const page = await site.visit({ width: 360, language: 'en' });
  await visitPage(page, '/territories');
  await page.waitForSelector('[role=option]');
  await check(page, 'all territories');
  const before = (await rows(page)).length;
  await page.click('main .btn-outline-primary');
  const after = await rows(page);
  assert.ok(after.length > before);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), after[before]);
  await page.focus('[role=option][tabindex="0"]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/territories/ambito-*');
  await page.context().close();
});

for (const [as, slug, width, language] of [[undefined, 'ambito-troia', 360, 'it'], ['nardo', 'ambito-bitonto', 1280, 'it'], ['bitonto', 'bitonto', 1280, 'en']]) {
  test(`the page of ${slug}, seen by ${as ?? 'nobody'} (${width} px, ${language})`, async () => {
    const page = await site.visit({ as, width, language });
    await visitPage(page, `/territories/${slug}`);
    await page.waitForSelector('svg.map');
    await check(page, slug);
    const comuni = await page.$$eval('.comuni li', (all) => all.length);
    assert.equal(await page.$$eval('svg.map circle', (all) => all.length), slug.startsWith('ambito') ? comuni : 1);
    const write = await page.$$eval('.page-actions a', (all) => all.map((one) => one.getAttribute('href')));
    const expected = { nardo: ['/conversations/new?to=ambito-bitonto'], bitonto: [] };
    assert.deepEqual(write, expected[as] ?? ['/sign-in?to=/territories/ambito-troia']);
    if (as) assert.ok((await page.$$('main .cards > li')).length > 0);
    if (!as) assert.ok(await page.isVisible('.empty a[href="/practices?ambito=ambito-troia"]'));
    await page.context().close();
  });
}

test('a territory that is not there helps on', async () => {
  const page = await site.visit();
  await visitPage(page, '/territories/no-such-territory');
  await check(page, 'no such territory');
  assert.match(await page.textContent('h1'), /non trovato/);
  await page.click('main a.btn');
  await page.waitForURL('**/territories');
  await page.context().close();
});
