import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { engines, people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(engines.at(-1)); });
after(() => site?.close());

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`one signs in by a code from the mail (${width} px, ${language})`, async () => {
    const page = await site.visit({ width, language });
    await visitPage(page, '/sign-in');
    await check(page, 'the address');
    await page.fill('#email', 'not an address');
    await page.click('main button[type=submit]');
    await page.waitForSelector('#email-error');
    await check(page, 'a wrong address');
    await page.fill('#email', people.nardo);
    await page.click('main button[type=submit]');
    await page.waitForSelector('#code');
    await check(page, 'the code');
    await page.fill('#code', '000000');
    await page.click('main button[type=submit]');
    await page.waitForSelector('#code-error');
    await check(page, 'a wrong code');
    await page.fill('#code', await site.code(people.nardo));
    await page.click('main button[type=submit]');
    await page.waitForURL('**/tasks');
    await settled(page);
    assert.match(await page.textContent('header'), language === 'it' ? /Esci/ : /Sign out/);
    await page.context().close();
  });
}

test('an address that nothing stands at says so and helps on', async () => {
  const page = await site.visit();
  const answer = await page.goto('/no-such-page');
  assert.equal(answer.status(), 404);
  await settled(page);
  page.wrongs.splice(0); // Chromium itself reports the 404.
  await check(page, 'no such page');
});
