import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { begin, open, saved, stored } from './editing.js';
import { onEachEngine } from './engines.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const step = async (page, name) => {
  await page.click(`[data-step=${name}]`);
  await page.waitForSelector('dialog[open]');
};

onEachEngine('a practice is handed in, sent back with remarks, handed in again, published', () => site, async (site) => {
  const author = await site.visit({ as: 'bitonto', width: 360 });
  const slug = await begin(author, 'Pratica da pubblicare');
  await step(author, 'SUBMIT_PRACTICE');
  await author.click('dialog[open] .btn-primary');
  await author.waitForSelector('dialog[open] .alert-danger');
  await check(author, 'handed in too early');
  await author.click('dialog[open] .btn-outline-primary');
  await author.fill('#abstract', 'Uno sportello per le famiglie.');
  await author.check('#targets-FAMILIES');
  await open(author, 'story');
  await author.fill('#method', 'Chiamare il 333 1234567.');
  await author.fill('#results', 'Più ascolto.');
  await saved(author);
  await open(author, 'contacts');
  await author.check('[id^=contact-] >> nth=0');
  await author.waitForFunction(() => document.querySelector('[id^=contact-]:checked'));
  await step(author, 'SUBMIT_PRACTICE');
  await author.click('dialog[open] .btn-primary');
  await author.waitForSelector('.done-line');
  await check(author, 'handed in');

  const facilitator = await site.visit({ as: 'facilitator', width: 360, language: 'en' });
  await visitPage(facilitator, '/staff');
  await check(facilitator, 'staff, small');
  const steward = await site.visit({ as: 'steward' });
  await visitPage(steward, '/tasks');
  const task = steward.locator('[data-task=PRACTICE_TO_REVIEW]', { hasText: 'Pratica da pubblicare' });
  await task.waitFor();
  await check(steward, 'a practice to review, among the things to do');
  assert.equal(await task.locator('h3 a').getAttribute('href'), `/practices/${slug}`);
  assert.equal(await steward.locator('#main-menu a[href="/people"]').count(), 0);
  await task.locator('a[href="/staff"]').click();
  await steward.waitForSelector(`[data-practice=${slug}]`);
  await check(steward, 'staff');
  // The facilitator sends back, too; only the steward publishes.
  await facilitator.waitForSelector(`[data-practice=${slug}]`);
  assert.equal(await facilitator.locator('[data-step=PUBLISH_PRACTICE]').count(), 0);
  await step(facilitator, 'RETURN_PRACTICE');
  await facilitator.click('dialog[open] .btn-primary');
  await facilitator.waitForSelector('dialog[open] .field-error');
  await check(facilitator, 'sent back without remarks');
  await facilitator.fill('dialog[open] textarea', 'Manca il **contesto**.');
  await facilitator.click('dialog[open] .btn-primary');
  await facilitator.waitForSelector(`[data-practice=${slug}]`, { state: 'detached' });
  // To whom is no member of the territory it is a draft again, which nobody tells them of.
  await visitPage(steward, '/staff');
  await steward.waitForSelector(`[data-practice=${slug}]`, { state: 'detached' });
  const colleague = await site.visit({ as: 'worker', width: 360, language: 'en' });
  await visitPage(colleague, '/tasks');
  await colleague.waitForSelector(`[data-task=PRACTICE_RETURNED] a[href="/our-practices/${slug}"]`);
  await colleague.click('[data-task=PRACTICE_RETURNED] summary');
  await check(colleague, 'a practice came back, among the things to do');
  await author.waitForSelector('[data-step=SUBMIT_PRACTICE]');
  await author.waitForSelector('.alert-warning strong');
  await settled(author);
  await check(author, 'it came back');
  await step(author, 'SUBMIT_PRACTICE');
  await author.click('dialog[open] .btn-primary');
  await steward.waitForSelector(`[data-practice=${slug}]`);
  await step(steward, 'PUBLISH_PRACTICE');
  await steward.click('dialog[open] .btn-primary');
  await steward.waitForSelector('dialog[open] .alert-danger');
  await check(steward, 'personal data');
  await steward.click('dialog[open] .btn-primary');
  await steward.waitForSelector(`[data-practice=${slug}]`, { state: 'detached' });
  const anyone = await site.visit();
  assert.equal((await stored(anyone, slug, 'status'))?.status, 'PUBLISHED');
  await Promise.all([author, colleague, facilitator, steward, anyone].map((page) => page.context().close()));
});

test('a member of a territory is told that the page is for staff', async () => {
  const page = await site.visit({ as: 'worker' });
  await visitPage(page, '/staff');
  await check(page, 'not for everybody');
  assert.equal(await page.locator('#reviews').count(), 0);
  await page.context().close();
});
