// The whole life of a request, as requester and owner live it in two browsers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { engines, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { askDocuments, fill, say, tabTo, take, TALK } from './hands.js';
import { inDays } from './life.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

for (const engine of engines) test(`from the need to the confirmed outcome, live in both browsers (${engine})`, async (t) => {
  const site = await Site.open(engine);
  t.after(() => site.close());
  const nardo = await site.visit({ as: 'nardo' });
  const bitonto = await site.visit({ as: 'bitonto' });
  await visitPage(bitonto, '/tasks');
  await bitonto.waitForSelector('.empty');
  await check(bitonto, 'nothing to do');

  await visitPage(nardo, '/requests/new?practice=incontra-bitonto');
  await nardo.click('main button[type=submit]');
  await nardo.waitForSelector('#need-error');
  assert.equal(await nardo.evaluate(() => document.activeElement?.id), 'need', 'the focus is on the first wrong field');
  await check(nardo, 'a request without its need');
  await nardo.fill('#need', 'Due frazioni senza servizi per le famiglie: vorremmo rifare il vostro percorso.');
  await nardo.check('#level-MENTORING');
  await nardo.click('main button[type=submit]');
  await nardo.waitForURL('**/requests/REQ-*');
  await settled(nardo);
  await check(nardo, 'sent');
  assert.match(await nardo.textContent('.turn'), /Tocca al Comune di Bitonto: prendere in carico la richiesta, entro il/);

  // It appears by itself where it waits.
  await bitonto.click('main .rows a >> text=In.Con.Tra');
  await bitonto.waitForSelector('#do-ACKNOWLEDGE');
  await take(bitonto, 'ACKNOWLEDGE', { note: 'Grazie, ne parliamo in settimana.' });
  await check(bitonto, 'taken up');
  await nardo.waitForSelector('.way .now >> text=Presa in carico');

  await say(bitonto, 'Avete già un partner del Terzo settore?');
  await nardo.locator('.bubble', { hasText: 'Avete già un partner' }).waitFor();
  await nardo.waitForFunction(() => document.querySelector('.turn').textContent.includes('Tocca a voi'));
  await say(nardo, 'Sì, **una cooperativa** che lavora nelle due frazioni.', 'Sì, una cooperativa che');
  await bitonto.waitForFunction(() => document.querySelector('.turn').textContent.includes('decidere se aiutare'));

  await take(bitonto, 'ACCEPT', { mentor: { at: 1 }, firstDate: inDays(7) });
  await nardo.waitForSelector('#do-START');
  await take(nardo, 'RECORD_AGREEMENT', { kind: 'MEMORANDUM', actNumber: '41', actDate: inDays(-1), protocolNumber: '12345/2026' });
  await take(nardo, 'START', {});
  await take(nardo, 'CHECK_IN', { progress: 'STUCK', note: 'La gara è andata deserta, la rifacciamo.' });
  await bitonto.locator('text=La gara è andata deserta').waitFor();
  await check(nardo, 'under way');

  await nardo.click('#do-COMPLETE');
  await nardo.waitForSelector('#step-core-0');
  await check(nardo, 'the form of the outcome');
  await nardo.click('#step button[type=submit]');
  await nardo.waitForSelector('#step-result-error');
  await nardo.uncheck('#step-core-1');
  await fill(nardo, { result: 'ADAPTED', endedOn: inDays(0), changes: 'Un solo centro al posto di due.', obstacles: 'La gara.', lessons: 'Parlare prima con le parrocchie.', hoursSpent: '1.200', satisfaction: '5' });
  await nardo.click('#step button[type=submit]');
  await nardo.waitForSelector('#outcome');
  await check(nardo, 'the outcome told');
  assert.ok(await nardo.locator('#copy').count(), 'the practice born of it is there');
  assert.match(await nardo.textContent('main'), /1\.200/);

  await bitonto.waitForSelector('#do-CONFIRM_OUTCOME');
  await take(bitonto, 'CONFIRM_OUTCOME', { verdict: 'ANNOTATE', note: 'Bravi: il centro unico funziona.' });
  await check(bitonto, 'the outcome confirmed');
  await nardo.locator('text=Bravi: il centro unico funziona.').first().waitFor();
  await nardo.context().close();
  await bitonto.context().close();
});

test('documents only: at most six clicks and two fields from the first page; declined with other places to ask', async () => {
  const nardo = await site.visit({ as: 'nardo', width: 360, language: 'en' });
  const bitonto = await site.visit({ as: 'worker', width: 360, language: 'en' });
  let clicks = 0;
  const click = async (selector) => { clicks += 1; await nardo.click(selector); };
  await visitPage(nardo, '/');
  await click('main a[href="/practices"]');
  await nardo.waitForURL('**/practices');
  await settled(nardo);
  const card = 'main a[href="/practices/scrigno-dei-talenti"]';
  if (!(await nardo.locator(card).count())) await click('main p.text-center > button');
  await click(card);
  await nardo.waitForURL('**/practices/scrigno-dei-talenti');
  await settled(nardo);
  await askDocuments(nardo, 'scrigno-dei-talenti', click);
  await settled(nardo);
  await check(nardo, 'the short form');
  assert.equal(await nardo.locator('main form :is(textarea, input:not([type=checkbox]), select):visible').count(), 1);
  await click('main button[type=submit]');
  await nardo.waitForURL('**/requests/REQ-*');
  await settled(nardo);
  assert.ok(clicks <= 6, `${clicks} clicks`);
  await nardo.locator('.alert-success', { hasText: 'Request sent' }).waitFor();
  await check(nardo, 'sent');

  await visitPage(bitonto, new URL(nardo.url()).pathname);
  await bitonto.click('#do-DECLINE');
  await bitonto.waitForSelector('#step');
  await check(bitonto, 'declining');
  await fill(bitonto, { reason: 'NO_CAPACITY', note: 'Until spring we are two people.' });
  await bitonto.click('#step button[type=submit]');
  await bitonto.waitForSelector('.alert-success');
  await check(bitonto, 'declined');
  await nardo.waitForSelector('#alternatives');
  assert.ok(await nardo.locator('section:has(#alternatives) a').count() > 0, 'there are other places to ask');
  await check(nardo, 'declined, with alternatives');
  await nardo.context().close();
  await bitonto.context().close();
});

test('by the keyboard alone: practice, request, answer', async () => {
  const nardo = await site.visit({ as: 'nardo' });
  const bitonto = await site.visit({ as: 'bitonto' });
  const press = async (page, selector, key = 'Enter') => {
    await tabTo(page, selector);
    await page.keyboard.press(key);
  };
  await askDocuments(nardo, 'borgo-si-racconta', (link) => press(nardo, link));
  await settled(nardo);
  await tabTo(nardo, '#need');
  await nardo.keyboard.press('Control+End');
  await nardo.keyboard.type(' Ci interessa il regolamento.');
  await press(nardo, 'main button[type=submit]');
  await nardo.waitForURL('**/requests/REQ-*');
  await settled(nardo);

  await visitPage(bitonto, '/tasks');
  await bitonto.waitForSelector('main .rows a');
  await press(bitonto, 'main .rows a');
  await bitonto.waitForSelector('#do-ACKNOWLEDGE');
  await press(bitonto, '#do-ACKNOWLEDGE');
  await bitonto.waitForSelector('#step');
  await press(bitonto, '#step button[type=submit]');
  await bitonto.waitForSelector('#do-ACCEPT');
  await press(bitonto, '#do-ACCEPT');
  await tabTo(bitonto, '#step-mentor');
  await bitonto.locator('#step-mentor option').nth(1).waitFor({ state: 'attached' });
  await bitonto.keyboard.press('ArrowDown');
  await tabTo(bitonto, '#step-firstDate');
  const [year, month, day] = inDays(3).split('-');
  await bitonto.keyboard.type(`${month}${day}${year}`);
  await press(bitonto, '#step button[type=submit]');
  await bitonto.waitForSelector('.way .now >> text=Accettata');
  await tabTo(bitonto, `${TALK} textarea`);
  await bitonto.keyboard.type('Vi chiamo giovedì.');
  await bitonto.keyboard.press('Control+Enter');
  await nardo.locator('.bubble', { hasText: 'Vi chiamo giovedì.' }).waitFor();
  await nardo.context().close();
  await bitonto.context().close();
});
