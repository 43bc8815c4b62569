import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const rows = (page) => page.$$eval('main .rows a', (all) => all.map((one) => one.textContent));
const called = (page, names) => page.waitForFunction(
  (names) => JSON.stringify([...document.querySelectorAll('main .rows a')].map((one) => one.textContent)) === names, JSON.stringify(names));

test('a territory is found by any of its names', async () => {
  const page = await site.visit();
  await visitPage(page, '/territories');
  await check(page, 'all territories');
  await page.fill('#q', 'nard');
  await called(page, ['Ambito di Nardò', 'Comune di Nardò']);
  await page.selectOption('#kind', 'COMUNE');
  await called(page, ['Comune di Nardò']);
  assert.match(page.url(), /q=nard&kind=COMUNE/);
  await page.press('#q', 'Enter');
  await page.waitForURL('**/territories/nardo');
  await page.goBack();
  await settled(page);
  assert.equal(await page.inputValue('#q'), 'nard');
  await page.selectOption('#kind', '');
  for (const [alias, name] of [['br4', 'Ambito di Mesagne'], ['monti dauni', 'Ambito di Troia']]) {
    await page.fill('#q', alias);
    await called(page, [name]);
  }
  await page.fill('#q', 'san');
  await page.waitForSelector('#called ~ p.soft');
  await check(page, 'more than are shown');
  await page.fill('#q', 'nowhere at all');
  await page.press('#q', 'Enter');
  await page.waitForSelector('.empty');
  await page.waitForFunction(() => document.activeElement.id === 'count');
  await check(page, 'none found');
  await page.click('.empty button');
  await page.waitForSelector('#ambiti');
  assert.equal(await page.inputValue('#q'), '');
  await page.context().close();
});

test('only what is shown is asked for, and the list comes back as far as it was (360 px, en)', async () => {
  const page = await site.visit({ width: 360, language: 'en' });
  const answers = [];
  const note = (answer) => {
    if (answer.request().postData()?.includes('query TerritoriesPage')) answers.push(answer.json());
  };
  const asked = async () => (await Promise.all(answers)).reduce(
    (sum, { data }) => sum + (data.ambiti?.nodes.length ?? 0) + (data.comuni?.nodes.length ?? 0), 0);
  page.on('response', note);
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await visitPage(page, '/territories');
  await page.waitForSelector('[role=option]');
  await check(page, 'all territories');
  const before = (await rows(page)).length;
  assert.equal(await asked(), before);
  assert.ok(await page.evaluate(() => window.shift) <= 0.1, 'it does not jump while it loads');
  await page.focus('#comuni ~ .buttons button');
  await page.keyboard.press('Enter');
  await page.waitForFunction((before) => document.querySelectorAll('main .rows a').length > before, before);
  const after = await rows(page);
  assert.equal(await asked(), after.length);
  page.off('response', note);
  await page.waitForFunction((first) => document.activeElement.querySelector('a')?.textContent === first, after[before]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => /territories\/./.test(url.pathname));
  await settled(page);
  await page.goBack();
  await called(page, after);
  await page.selectOption('#province', 'TA');
  await page.waitForFunction((before) => document.querySelectorAll('main .rows a').length < before, before);
  await check(page, 'a province');
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
