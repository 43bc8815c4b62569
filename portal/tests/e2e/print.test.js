// A practice on paper: the whole width, and nothing that only works on a screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, visitPage } from './browser.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

test('the sheet of a practice fills the paper and lists the lineage that the screen draws', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices/emporio-solidale-trani');
  await page.waitForSelector('.tree');
  assert.ok(!(await page.isVisible('.relations')));
  await page.setViewportSize({ width: 680, height: 960 }); // A4 within its margins
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.waitForSelector('.relations', { state: 'visible' });
  for (const hidden of ['.tree', 'header', 'footer', 'main summary']) assert.ok(!(await page.isVisible(hidden)), hidden);
  const [main, facts] = await page.evaluate(() => ['main', '.facts'].map((part) => document.querySelector(part).getBoundingClientRect().width));
  assert.ok(main === 680 && facts > 600, `${main} and ${facts} px of 680`);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await page.waitForSelector('.tree', { state: 'visible' });
  await page.context().close();
});
