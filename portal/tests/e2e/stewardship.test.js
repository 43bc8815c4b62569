// What stewards see and change of the hub as a whole: the log, the vocabularies, the list of territories, what waits.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { onEachEngine } from './engines.js';
import { inDays, Life } from './life.js';

let site;
let life;
/** One visit of the steward's for all: codes to sign in are few an hour. */
let page;
before(async () => {
  site = await Site.open();
  page = await site.visit({ as: 'steward', width: 360 });
  life = new Life(site);
});
after(() => site?.close());

/** Goes on in another language, in a window of another width. */
async function look(language, width, at = page) {
  await at.setViewportSize({ width, height: 800 });
  await at.click(`header button[lang=${language}]`);
  await at.waitForFunction((chosen) => document.documentElement.lang === chosen, language);
}

const file = (text) => ({ name: 'territori.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

test('the log: narrowed by what, when, whom and which; more by more; only for stewards', async () => {
  const request = await life.make({ to: 'ACKNOWLEDGED' });
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
  for (const wrong of ['by=abc', 'of=abc']) {
    await visitPage(page, `/staff/log?${wrong}`);
    await page.waitForSelector('main .empty');
    assert.equal(await page.locator('main .alert-danger').count(), 0, 'what is no id is nobody’s');
  }
  await page.click('.empty button');
  await page.waitForSelector('.rows');
  await life.withdraw(request);

  await look('en', 1280);
  await visitPage(page, `/staff/log?until=${inDays(1)}`);
  const shown = () => page.locator('.rows > li').count();
  const first = await shown();
  await page.click('main .buttons button');
  await page.waitForFunction((before) => document.querySelectorAll('.rows > li').length > before, first);
  assert.equal(await page.evaluate(() => document.activeElement?.closest('.rows > li') !== null), true, 'the focus is on the first new row');
  await page.click('.rows a[href*="by="] >> nth=0');
  await page.waitForURL('**by=**');
  await settled(page);
  await check(page, 'what one person did');

  const facilitator = await site.visit({ as: 'facilitator' });
  await visitPage(facilitator, '/staff');
  assert.deepEqual(await facilitator.$$eval('.tabs a', (all) => all.map((one) => one.getAttribute('href'))), ['/staff', '/staff/cockpit']);
  await visitPage(facilitator, '/staff/log');
  assert.equal(await facilitator.locator('#about').count(), 0);
  assert.match(await facilitator.textContent('main .lead'), /solo chi ha la regia/);
  assert.equal(await facilitator.getAttribute('main .btn', 'href'), '/staff');
  await check(facilitator, 'the log is for stewards');
  await facilitator.context().close();
});

test('vocabularies: a term is added, gets another name, ends', async () => {
  await look('it', 360);
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

  await look('en', 1280);
  await visitPage(page, `/staff/vocabularies?scheme=TOOL&on=${inDays(30)}`);
  await page.click('[data-code=BANCA_TEMPO] [data-do=end]');
  await page.waitForSelector('dialog[open] #valid-to');
  await check(page, 'a term is to end');
  await page.fill('#valid-to', inDays(2));
  await page.click('dialog[open] .btn-danger');
  await page.waitForSelector('#valid-to-error');
  await check(page, 'a term cannot end before it began');
  await page.fill('#valid-to', inDays(60));
  await page.click('dialog[open] .btn-danger');
  await page.waitForSelector('.done-line');
  await check(page, 'a term ends');
  await page.fill('#on', inDays(61));
  await page.waitForSelector('[data-code=BANCA_TEMPO]', { state: 'detached' });
});

test('territories are imported after a look at what would change', async () => {
  await look('it', 1280);
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

  await look('en', 360);
  await visitPage(page, '/staff/territories');
  await page.setInputFiles('#csv', file('kind,name,province,belfiore_code\nCOMUNE,Matera,MT,F052\n'));
  await page.click('#import button[type=submit]');
  await page.waitForSelector('#source-error');
  await check(page, 'a list without its source');
  await page.fill('#source', 'A list to try');
  await page.click('#import button[type=submit]');
  await page.locator('text=+ Comune di Matera').waitFor();
  await check(page, 'what would change');
  await page.click('[data-do=import]');
  await page.waitForSelector('dialog[open]');
  await check(page, 'before the import');
  await page.click('dialog[open] .btn-primary');
  await page.waitForSelector('.done-line');
  await check(page, 'imported');
  const { territory } = await life.hub.ask('{ territory(by: { slug: "matera" }) { name } }', {});
  assert.equal(territory.name, 'Matera');
});

test('an import that takes data away says which, and wants it said twice', async () => {
  for (const [language, width] of [['it', 360], ['en', 1280]]) {
    await look(language, width);
    await visitPage(page, '/staff/territories');
    await page.setInputFiles('#csv', file('kind,name,province,belfiore_code,population\nCOMUNE,Bitonto,BA,A893,53000\nCOMUNE,Bari,BA,A662,\n'));
    await page.fill('#source', 'Un elenco incompleto');
    await page.click('#import button[type=submit]');
    const lost = page.locator('section .alert-danger');
    await lost.waitFor();
    assert.match(await lost.innerText(), /population.*Comune di Bari\n|istat_code.*Comune di Bitonto/);
    await check(page, 'data would be lost');
    await page.click('[data-do=import]');
    await page.click('dialog[open] .btn-danger');
    await page.waitForSelector('#agreed-error');
    await page.waitForFunction(() => document.activeElement.id === 'agreed');
    await check(page, 'not agreed to');
    if (language === 'it') await page.keyboard.press('Escape');
  }
  const people = () => life.hub.ask('{ territory(by: { slug: "bari" }) { population ... on Comune { istatCode } } }', {});
  assert.ok((await people()).territory.population > 0, 'nothing is done yet');
  await page.check('#agreed');
  await page.click('dialog[open] .btn-danger');
  await page.waitForSelector('.done-line');
  assert.deepEqual((await people()).territory, { population: null, istatCode: null });
});

onEachEngine('requests that wait, for the facilitator: the longest first, whose turn, since when, what is overdue', () => site, async (site) => {
  const asked = await new Life(site).make({ to: 'SENT' });
  const page = await site.visit({ as: 'facilitator', width: 360 });
  await visitPage(page, '/staff');
  const row = page.locator(`#waiting-${asked.number}`);
  await row.waitFor();
  assert.match(await row.locator('dl').innerText(), /prendere in carico la richiesta[^]*oggi/);
  await check(page, 'requests that wait');
  await page.selectOption('#turn', 'REQUESTER');
  await page.waitForURL('**/staff?turn=REQUESTER');
  await settled(page);
  assert.equal(await row.count(), 0, 'it is the owner’s turn');
  await look('en', 1280, page);
  await visitPage(page, '/staff?overdue=true');
  await page.locator('#open-requests ~ * .empty, #open-requests ~ * .rows').first().waitFor();
  assert.equal(await row.count(), 0, 'a new request is in time');
  await page.selectOption('#overdue', 'false');
  await page.waitForURL('**/staff?overdue=false');
  await row.waitFor();
  await check(page, 'requests in time');

  // As it will look in twelve days, unanswered.
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('query OpenRequests')) return route.fallback();
    const answer = await route.fetch();
    const body = await answer.json();
    for (const node of body.data.replicationRequests.nodes) {
      node.awaitingSince = new Date(Date.now() - 12.5 * 86_400_000).toISOString();
      node.deadlines[0].overdue = true;
    }
    return route.fulfill({ response: answer, json: body });
  });
  await look('it', 1280, page);
  await visitPage(page, '/staff');
  await row.locator('.badge-bad').waitFor();
  assert.match(await row.locator('dl').innerText(), /12 giorni/);
  await check(page, 'an overdue request');
  await look('en', 360, page);
  await visitPage(page, '/staff');
  await row.locator('.badge-bad').waitFor();
  await check(page, 'an overdue request, small');
});
