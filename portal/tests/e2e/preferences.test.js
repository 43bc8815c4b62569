// When mails come: chosen, kept until saved, saved once for all, refused beside the field.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

const PATH = '/notifications/settings';
let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const said = (page, words) => page.locator('#preferences .done-line', { hasText: words }).waitFor();
async function again(page) {
  await page.reload();
  await settled(page);
  await page.waitForSelector('#preferences');
}

test('a kind is switched off and is so afterwards; what cannot be switched off says so', async () => {
  const page = await site.visit({ as: 'bitonto' });
  await visitPage(page, '/account');
  await page.click(`main a[href="${PATH}"]`);
  await page.waitForSelector('#preferences');
  await check(page, 'the preferences');
  assert.equal(await page.locator('#FACILITATION-OFF').count(), 0, 'who accompanies nothing is not asked about it');
  assert.equal(await page.locator('[name=ESSENTIAL]').count(), 0);
  assert.match(await page.locator('.kind:has(#kind-ESSENTIAL)').textContent(), /Sempre subito/);

  await page.check('#YOUR_TURN-OFF');
  await page.check('#MESSAGES-DAILY');
  await page.check('#PROGRESS-WEEKLY');
  assert.match(await page.locator('.kind:has(#kind-YOUR_TURN)').textContent(), /chi ne risponde/);
  assert.match(await page.textContent('[aria-labelledby=follows]'), /Ogni mattina.*nuovi messaggi.*Una volta alla settimana.*come procedono.*Nessuna e-mail.*quando tocca a voi/s);
  await check(page, 'chosen');
  // Not saved yet: kept over a reload, and over a save that does not arrive.
  await again(page);
  assert.equal(await page.isChecked('#MESSAGES-DAILY'), true);
  await page.route('**/graphql', (route) => (route.request().postData()?.includes('mutation UpdateNotificationSettings') ? route.abort() : route.fallback()));
  await page.click('#save');
  await page.waitForSelector('#preferences .alert-danger');
  page.wrongs.splice(0);
  await check(page, 'not arrived');
  await page.unroute('**/graphql');
  await page.click('#save');
  await said(page, 'Preferenze salvate');
  await again(page);
  for (const chosen of ['YOUR_TURN-OFF', 'MESSAGES-DAILY', 'PROGRESS-WEEKLY', 'REMINDERS-AT_ONCE']) assert.equal(await page.isChecked(`#${chosen}`), true, chosen);
  await page.click('#save');
  await said(page, 'nulla di nuovo');

  await page.check('#NEEDS-OFF');
  await page.click('#preferences .buttons .btn-outline-primary');
  await said(page, 'lasciate');
  assert.equal(await page.isChecked('#NEEDS-AT_ONCE'), true);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'save');
  await page.context().close();
});

test('quiet hours are two different times of day; weekends are free (360 px, en)', async () => {
  const page = await site.visit({ as: 'nardo', width: 360, language: 'en' });
  await visitPage(page, PATH);
  await page.waitForSelector('#preferences');
  await page.check('#quiet');
  await page.check('#weekends');
  await page.fill('#quiet-from', '19:30');
  await page.fill('#quiet-until', '19:30');
  await page.click('#save');
  await page.waitForSelector('#quiet-error');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'quiet-from');
  await check(page, 'the same time twice');
  await page.fill('#quiet-until', '');
  await page.click('#save');
  await page.waitForSelector('#save:enabled');
  await page.waitForSelector('#quiet-error');
  await page.fill('#quiet-until', '08:00');
  await page.click('#save');
  await said(page, 'saved');
  assert.equal(await page.locator('#quiet-error').count(), 0);
  await check(page, 'saved');
  await page.setViewportSize({ width: 320, height: 640 });
  await check(page, 'at 320 px');
  await again(page);
  assert.deepEqual([await page.inputValue('#quiet-from'), await page.inputValue('#quiet-until'), await page.isChecked('#weekends')], ['19:30', '08:00', true]);
  assert.match(await page.textContent('[aria-labelledby=follows]'), /From 19:30 to 08:00.*Saturdays/s);
  await page.uncheck('#quiet');
  await page.uncheck('#weekends');
  await page.click('#save');
  await said(page, 'saved');
  await again(page);
  assert.equal(await page.isChecked('#quiet'), false);
  await page.context().close();
});

test('by keyboard alone, and what another tab has saved stays', async () => {
  const page = await site.visit({ as: 'worker' });
  const other = await site.visit({ as: 'worker' });
  for (const one of [page, other]) {
    await visitPage(one, PATH);
    await one.waitForSelector('#preferences');
  }
  await other.check('#REMINDERS-WEEKLY');
  await other.click('#save');
  await said(other, 'salvate');
  await page.focus('#MESSAGES-AT_ONCE');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.isChecked('#MESSAGES-DAILY'), true);
  await page.keyboard.press('Enter');
  await said(page, 'salvate');
  assert.equal(await page.isChecked('#REMINDERS-WEEKLY'), true);
  await page.context().close();
  await other.context().close();
});
