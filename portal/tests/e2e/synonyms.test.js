// Stewards keep the words that search takes for the same; search follows at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const found = async (page, words) => {
  await visitPage(page, `/practices?q=${encodeURIComponent(words)}`);
  return Number.parseInt(await page.textContent('main h2[aria-live]'), 10);
};

test('a synonym is looked for, added, used by search, and removed', async () => {
  const page = await site.visit({ as: 'steward' });
  const reader = await site.visit();
  assert.equal(await found(reader, 'xyzzy'), 0);
  await visitPage(page, '/staff/synonyms');
  await check(page, 'all synonyms');
  const all = await page.locator('main .rows > li').count();
  await page.click('.page-actions button');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'new-word', 'one need not go past the whole list');
  await page.fill('#word', 'porta unica');
  await page.waitForFunction(() => location.search.includes('word='));
  await settled(page);
  assert.ok((await page.locator('main .rows > li').count()) < all);
  await page.fill('#word', 'nowhere');
  await page.waitForSelector('.empty');
  await check(page, 'no such synonym');

  await page.click('form.panel button[type=submit]');
  await page.waitForSelector('#new-word-error');
  await check(page, 'nothing to add');
  await page.fill('#new-word', 'xyzzy');
  await page.fill('#new-meaning', 'famiglie');
  await page.click('form.panel button[type=submit]');
  await page.waitForSelector('.done-line');
  assert.ok((await found(reader, 'xyzzy')) > 0, 'search uses it');

  await page.fill('#word', 'xyzzy');
  await page.locator('main .rows > li', { hasText: 'xyzzy' }).waitFor();
  await settled(page);
  await page.locator('main .rows > li button').first().click();
  await page.waitForSelector('dialog[open]');
  await check(page, 'to remove one');
  await page.click('dialog .btn-danger');
  await page.waitForSelector('.empty');
  assert.equal(await found(reader, 'xyzzy'), 0, 'search has forgotten it');
  await page.context().close();
  await reader.context().close();
});

test('the page is the stewards’ alone (360 px, en)', async () => {
  const steward = await site.visit({ as: 'steward', width: 360, language: 'en' });
  await visitPage(steward, '/staff/synonyms');
  await check(steward, 'all synonyms');
  await steward.context().close();
  const facilitator = await site.visit({ as: 'facilitator' });
  await visitPage(facilitator, '/staff/synonyms');
  assert.equal(await facilitator.locator('#new-word').count(), 0);
  await facilitator.context().close();
});
