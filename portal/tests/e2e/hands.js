// What a person does in the pages of requests and conversations: taking steps, and going by the keyboard alone.
import { visitPage } from './browser.js';

/** Opens the form of a step, fills it, sends it, and waits until the page says it is done. */
export async function take(page, step, fields = {}) {
  await page.click(`#do-${step}`);
  await fill(page, fields);
  await page.click('#step button[type=submit]');
  await page.waitForSelector('.alert-success');
  await page.waitForSelector('#step', { state: 'detached' });
}

/** Fills the fields of the open step; lists take a value or, as `{ at }`, the one that stands there. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`#step-${name}`);
    const isList = (await field.evaluate((element) => element.tagName)) === 'SELECT';
    if (!isList) await field.fill(value);
    else {
      await field.locator('option').nth(1).waitFor({ state: 'attached' });
      await field.selectOption(typeof value === 'object' ? { index: value.at } : value);
    }
  }
}

/** The form of a conversation. */
export const TALK = '[role=log] ~ form';

/** Writes in the conversation of the page, and waits until the message stands there, looking like `shown`. */
export async function say(page, text, shown = text) {
  await page.fill(`${TALK} textarea`, text);
  await page.click(`${TALK} button[type=submit]`);
  await page.locator('.bubble .prose', { hasText: shown }).waitFor();
}

/** Goes on with the tab key until what has the focus fits the selector. */
export async function tabTo(page, selector) {
  for (let steps = 0; steps < 150; steps++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

/** From a practice's page to the short request by its link, `go` being a click or keys. */
export async function askDocuments(page, slug, go) {
  if (!page.url().endsWith(`/practices/${slug}`)) await visitPage(page, `/practices/${slug}`);
  await go(`a[href="/requests/new?practice=${slug}&level=DOCUMENTS"]`);
  await page.waitForSelector('#need');
}
