// What stewards see and change of the hub as a whole: the log, the vocabularies, the list of territories, what waits.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { inDays, Life } from './life.js';

let site;
let life;
before(async () => {
  site = await Site.open();
  life = new Life(site);
});
after(() => site?.close());

const file = (text) => ({ name: 'territori.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

test('the log: narrowed by what, when, whom and which; more by more; only for stewards', async () => {
  const request = await life.make({ to: 'ACKNOWLEDGED' });
  const page = await site.visit({ as: 'steward', width: 360 });
  await visitPage(page, '/staff');
  await page.click('.tabs a[href="/staff/log"]');
  await page.waitForSelector('.rows [id^=entry-]');
  await check(page, 'the log');
  await page.selectOption('#about', 'request');
  await page.waitForURL('**/staff/log?about=request');
  await settled(page);
  assert.equal(await page.getAttribute('.rows li:first-child .row-main a', 'href'), `/requests/${request.number}`);
  await page.click('.rows li:first-child > a');
  await page.waitForURL('**of=**');
  await settled(page);
  await check(page, 'the history of a request');
  await page.click('main .text-button');
  await page.waitForURL('**/staff/log?about=request');
  await page.fill('#since', inDays(3));
  await page.waitForSelector('.empty');
  await check(page, 'nothing in the log');
  await page.click('.empty button');
  await page.waitForSelector('.rows');
  await page.context().close();

  const english = await site.visit({ as: 'steward', language: 'en' });
  await visitPage(english, `/staff/log?until=${inDays(1)}`);
  const shown = () => english.locator('.rows > li').count();
  const first = await shown();
  await english.click('main .buttons button');
  await english.waitForFunction((before) => document.querySelectorAll('.rows > li').length > before, first);
  assert.equal(await english.evaluate(() => document.activeElement?.closest('.rows > li') !== null), true, 'the focus is on the first new row');
  await english.click('.rows a[href*="by="] >> nth=0');
  await english.waitForURL('**by=**');
  await settled(english);
  await check(english, 'what one person did');
  await english.context().close();

  const facilitator = await site.visit({ as: 'facilitator' });
  await visitPage(facilitator, '/staff');
  assert.equal(await facilitator.locator('.tabs').count(), 0);
  await visitPage(facilitator, '/staff/log');
  assert.equal(await facilitator.locator('#about').count(), 0);
  await check(facilitator, 'the log is for stewards');
  await facilitator.context().close();
});

test('vocabularies: a term is added, gets another name, ends', async () => {
  const page = await site.visit({ as: 'steward', width: 360 });
  await visitPage(page, '/staff/vocabularies');
  await check(page, 'a vocabulary');
  await page.selectOption('#scheme', 'TOOL');
  await page.waitForURL('**/staff/vocabularies?scheme=TOOL');
  await settled(page);
  const form = page.locator('#add-term form');
  await form.locator('[id$=-code]').fill('banca');
  await form.locator('button[type=submit]').click();
  await form.locator('.field-error').first().waitFor();
  assert.match(await page.evaluate(() => document.activeElement.id), /-code$/, 'the focus is on the first wrong field');
  await check(page, 'a term without its names');
  await form.locator('[id$=-code]').fill('BANCA_TEMPO');
  await form.locator('[name=labelIt]').fill('Banca del tempo');
  await form.locator('[name=labelEn]').fill('Time bank');
  await form.locator('button[type=submit]').click();
  await page.waitForSelector('[data-code=BANCA_TEMPO]');
  await page.waitForSelector('.done-line');
  await check(page, 'a term is added');

  const term = page.locator('[data-code=BANCA_TEMPO]');
  await term.locator('[data-do=rename]').click();
  await term.locator('[name=labelIt]').fill('Banca delle ore');
  await term.locator('[name=validFrom]').fill(inDays(30));
  await check(page, 'a term gets another name');
  await term.locator('button[type=submit]').click();
  await page.waitForURL(`**on=${inDays(30)}`);
  await page.waitForSelector('[data-code=BANCA_TEMPO] h3 >> text=Banca delle ore');
  await page.context().close();

  const english = await site.visit({ as: 'steward', language: 'en' });
  await visitPage(english, `/staff/vocabularies?scheme=TOOL&on=${inDays(30)}`);
  await english.click('[data-code=BANCA_TEMPO] [data-do=end]');
  await english.waitForSelector('dialog[open] #valid-to');
  await check(english, 'a term is to end');
  await english.fill('#valid-to', inDays(2));
  await english.click('dialog[open] .btn-danger');
  await english.waitForSelector('#valid-to-error');
  await check(english, 'a term cannot end before it began');
  await english.fill('#valid-to', inDays(60));
  await english.click('dialog[open] .btn-danger');
  await english.waitForSelector('.done-line');
  await check(english, 'a term ends');
  await english.fill('#on', inDays(61));
  await english.waitForSelector('[data-code=BANCA_TEMPO]', { state: 'detached' });
  await english.context().close();
});

test('territories are imported after a look at what would change', async () => {
  const page = await site.visit({ as: 'steward' });
  await visitPage(page, '/staff/territories');
  await check(page, 'territories');
  await page.click('#import button[type=submit]');
  await page.waitForSelector('#csv-error');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'csv');
  await page.setInputFiles('#csv', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from([0x6b, 0xe0, 0x0a]) });
  await page.click('#import button[type=submit]');
  await page.waitForSelector('#csv-error >> text=UTF-8');
  await page.setInputFiles('#csv', file('kind,name,province\nCOMUNE,Roma,Roma\n'));
  await page.fill('#source', 'Elenco di prova');
  await page.click('#import button[type=submit]');
  await page.waitForSelector('#report');
  await page.locator('main .rows >> text=Riga 2, colonna province').waitFor();
  assert.equal(await page.locator('[data-do=import]').count(), 0);
  await check(page, 'a file with mistakes');
  await page.context().close();

  const english = await site.visit({ as: 'steward', width: 360, language: 'en' });
  await visitPage(english, '/staff/territories');
  await english.setInputFiles('#csv', file('kind,name,province,belfiore_code\nCOMUNE,Matera,MT,F052\n'));
  await english.click('#import button[type=submit]');
  await english.waitForSelector('#source-error');
  await check(english, 'a list without its source');
  await english.fill('#source', 'A list to try');
  await english.click('#import button[type=submit]');
  await english.locator('text=+ Comune di Matera').waitFor();
  await check(english, 'what would change');
  await english.click('[data-do=import]');
  await english.waitForSelector('dialog[open]');
  await check(english, 'before the import');
  await english.click('dialog[open] .btn-primary');
  await english.waitForSelector('.done-line');
  await check(english, 'imported');
  const { territory } = await life.hub.ask('{ territory(by: { slug: "matera" }) { name } }', {});
  assert.equal(territory.name, 'Matera');
  await english.context().close();
});
