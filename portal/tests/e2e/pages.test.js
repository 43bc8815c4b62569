import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

for (const [as, width, language] of [[undefined, 1280, 'it'], [undefined, 360, 'en'], ['nardo', 1280, 'it'], ['steward', 360, 'it']]) {
  test(`the first page of ${as ?? 'nobody'} (${width} px, ${language})`, async () => {
    const page = await site.visit({ as, width, language });
    await visitPage(page, '/');
    await page.waitForSelector('[role=option]');
    await check(page, 'home');
    assert.deepEqual(await page.$$eval('.hero a', (all) => all.map((one) => one.getAttribute('href'))), ['/find', as ? '/tasks' : '/sign-in']);
    assert.equal(await page.$$eval('.fields a', (all) => all.length), 5);
    const figures = await page.$$eval('.figures dd', (all) => all.map((one) => Number(one.textContent)));
    assert.ok(figures.every((figure) => figure > 0));
    await page.context().close();
  });
}

test('the first page leads to the practices of a field and of an Ambito', async () => {
  const page = await site.visit();
  await visitPage(page, '/');
  const field = await page.textContent('.fields li:nth-child(2) .name');
  const said = Number.parseInt(await page.textContent('.fields li:nth-child(2) .meta'), 10);
  await page.click('.fields li:nth-child(2) a');
  await page.waitForSelector('.chips');
  await settled(page);
  assert.equal(await page.textContent('.chips .chip-button span'), field);
  assert.equal(Number.parseInt(await page.textContent('main h2[aria-live]'), 10), said);
  await page.goBack();
  await page.waitForSelector('[role=option]');
  await page.click('[role=option][aria-label^="Bitonto"]');
  await page.waitForURL('**/practices?ambito=ambito-bitonto');
  await page.context().close();
});

test('a page that cannot be read says so and tries again', async () => {
  const page = await site.visit({ width: 360 });
  let isDown = true;
  await page.route('**/graphql', (route) => (isDown ? route.abort() : route.continue()));
  for (const path of ['/practices', '/practices/incontra-bitonto', '/territories/bitonto', '/']) {
    isDown = true;
    await page.goto(path);
    await page.waitForSelector('main [role=alert] button');
    page.wrongs.splice(0); // Chromium itself reports what was broken off.
    await check(page, `${path} without the hub`);
    isDown = false;
    for (const button of await page.$$('main [role=alert] button')) await button.click();
    await page.waitForSelector('main [role=alert]', { state: 'detached' });
  }
  await page.context().close();
});

test('the menu on a telephone lies above a darkened page, and closes by Escape, by a touch beside it, by a choice', async () => {
  const page = await site.visit({ width: 360 });
  await visitPage(page, '/privacy');
  const isOpen = (open) => page.waitForFunction((open) => document.querySelector('#main-menu').classList.contains('expanded') === open, open);
  for (const close of [() => page.keyboard.press('Escape'), () => page.mouse.click(350, 600), () => page.click('#main-menu a[href="/practices"]')]) {
    await page.click('.custom-navbar-toggler');
    await isOpen(true);
    await page.waitForFunction(() => {
      const behind = document.querySelector('.navbar-backdrop');
      return behind && Number(getComputedStyle(behind).opacity) > 0.5 && behind.getBoundingClientRect().height >= innerHeight;
    });
    await check(page, 'the menu is open');
    await close();
    await isOpen(false);
  }
  await page.waitForURL('**/practices');
  await page.context().close();
});

for (const [path, width, language] of [['/accessibility', 1280, 'it'], ['/privacy', 360, 'it'], ['/feedback', 360, 'en'], ['/privacy', 1280, 'en']]) {
  test(`${path} is reached from the foot of the page (${width} px, ${language})`, async () => {
    const page = await site.visit({ width, language });
    await visitPage(page, '/practices');
    await page.click(`footer a[href="${path}"]`);
    await page.waitForURL(`**${path}`);
    await settled(page);
    await page.waitForFunction(() => document.activeElement.id === 'main');
    await check(page, path);
    assert.ok((await page.$$('main h2')).length > 3);
    await page.context().close();
  });
}
