// What happens to requests late: no answer, an interruption, the months after; answers that come by mail; one person in
// several territories.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { engines, people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { fill, take, TALK } from './hands.js';
import { inDays, Life } from './life.js';
import { age, byMail, expire } from './past.js';

const engine = engines.at(-1);
let site;
let life;
/** One visit of each for all tests: codes to sign in are few an hour. */
let page;
let owner;
before(async () => {
  site = await Site.open(engine);
  life = new Life(site);
  [page, owner] = [await site.visit({ as: 'nardo' }), await site.visit({ as: 'bitonto' })];
  for (const one of [page, owner]) await visitPage(one, '/tasks');
});
after(() => site?.close());

/** Goes on in another language, in a window of another width. */
async function look(width, language) {
  for (const one of [page, owner]) {
    await one.setViewportSize({ width, height: 800 });
    await one.click(`header button[lang=${language}]`);
    await one.waitForFunction((chosen) => document.documentElement.lang === chosen, language);
  }
}

for (const [width, language, words] of [[360, 'it', /Nessuno ha risposto in tempo/], [1280, 'en', /Nobody answered in time/]]) {
  test(`a request that nobody answered is among the things to do, and is sent again (${width} px, ${language})`, async () => {
    const request = await life.make({ to: 'SENT' });
    expire(site, request);
    await look(width, language);
    await visitPage(page, '/tasks');
    await page.click(`main a[href="/requests/${request.number}"]`);
    await page.waitForSelector('.way .exit');
    assert.match(await page.textContent('.turn'), words);
    await check(page, 'expired');
    await take(page, 'SEND_AGAIN', { note: 'Ci riproviamo.' });
    await page.waitForFunction(() => document.querySelector('.way .now'));
    assert.equal(await page.locator('.way .exit').count(), 0);
    assert.match(await page.locator('#story ~ .rows').innerText(), language === 'it' ? /ha inviato di nuovo la richiesta/ : /sent the request again/);
    await check(page, 'sent again');
    await visitPage(page, '/tasks');
    assert.equal(await page.locator(`main a[href="/requests/${request.number}"]`).count(), 0, 'it waits for the owner now');
    await life.withdraw(request);
  });
}

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`work that stopped is taken up again, is told, and lives after six and twelve months (${width} px, ${language})`, async () => {
    const request = await life.make({ level: 'MENTORING', to: 'IN_PROGRESS' });
    await look(width, language);
    await visitPage(owner, `/requests/${request.number}`);
    await visitPage(page, `/requests/${request.number}`);
    await take(page, 'INTERRUPT', { reason: { at: 1 }, lessons: 'Serve un secondo referente.' });
    await page.waitForSelector('.way .exit');
    await check(page, 'stopped');
    await owner.locator('text=Serve un secondo referente.').first().waitFor();
    await take(page, 'REOPEN', { note: 'Abbiamo trovato i fondi.' });
    await page.waitForSelector('#do-COMPLETE');
    await owner.locator('text=Abbiamo trovato i fondi.').first().waitFor();
    await page.click('#do-COMPLETE');
    await fill(page, { result: 'FULL', endedOn: inDays(0), obstacles: 'I tempi.', lessons: 'Partire in due.', satisfaction: '4' });
    await page.click('#step button[type=submit]');
    await page.waitForSelector('#outcome');
    assert.equal(await page.locator('#do-FOLLOW_UP').count(), 0, 'too early to ask');

    age(site, request, 190);
    await page.reload();
    await page.waitForSelector('#do-FOLLOW_UP');
    await page.click('#do-FOLLOW_UP');
    await page.click('#step button[type=submit]');
    await page.waitForSelector('#step-vitality-error');
    await check(page, 'does it still run?');
    await fill(page, { vitality: 'CHANGED', note: 'Ora si fa in una sede sola.' });
    await page.click('#step button[type=submit]');
    await page.waitForSelector('#step', { state: 'detached' });
    assert.match(await page.locator('section:has(#outcome)').innerText(), language === 'it' ? /A 6 mesi: Attiva in altra forma/ : /After 6 months: Running in another form/);
    assert.equal(await page.locator('#do-FOLLOW_UP').count(), 0, 'said once');

    age(site, request, 210);
    await page.reload();
    await page.waitForSelector('#do-FOLLOW_UP');
    await take(page, 'FOLLOW_UP', { vitality: 'CEASED' });
    assert.match(await page.locator('section:has(#outcome)').innerText(), language === 'it' ? /A 12 mesi: Cessata/ : /After 12 months: Ceased/);
    await check(page, 'a year later');
  });
}

test('a message that came by mail says so', async () => {
  const request = await life.make({ to: 'SENT' });
  await life.post(request.conversation.id, life.bitonto, 'Rispondo dalla mia posta.');
  await life.post(request.conversation.id, life.bitonto, 'Rispondo da qui.');
  byMail(site, 'dalla mia posta');
  await look(360, 'it');
  await visitPage(page, `/conversations/${request.conversation.id}`);
  const told = page.locator('.bubble', { hasText: 'arrivato per e-mail' });
  await told.waitFor();
  assert.equal(await told.count(), 1);
  assert.match(await told.innerText(), /dalla mia posta/);
  await check(page, 'by mail');
  await life.withdraw(request);
});

test('who belongs to several territories says for which one acts, on every page', async () => {
  site.hub.run('member', 'add', people.nardo, '--name', 'Coordinamento di Nardò', '--territory', 'Ambito di Troia', '--role', 'coordinator');
  await look(360, 'it');
  const troia = async (selector) => page.selectOption(selector, await page.locator(`${selector} option`, { hasText: 'Ambito di Troia' }).getAttribute('value'));
  for (const path of ['/our-practices', '/people']) {
    await visitPage(page, path);
    await troia('#own-territory');
    await page.waitForURL('**territory=ambito-troia**');
    await settled(page);
    await check(page, `${path} of the second territory`);
  }
  await visitPage(page, '/requests/new?practice=incontra-bitonto&level=DOCUMENTS');
  await page.fill('#need', 'Scritto per Nardò.');
  await troia('#requester');
  await settled(page);
  assert.notEqual(await page.inputValue('#need'), 'Scritto per Nardò.', 'each territory has a form of its own');
  await page.fill('#need', 'Scritto per Troia.');
  await check(page, 'asking for the second territory');
  await page.click('main form button[type=submit]');
  await page.waitForURL('**/requests/REQ-*');
  await settled(page);
  assert.match(await page.textContent('main .lead'), /L’Ambito di Troia chiede al Comune di Bitonto/);
  const number = new URL(page.url()).pathname.split('/').at(-1);
  await visitPage(page, '/requests');
  assert.equal(await page.locator(`main a[href="/requests/${number}"]`).count(), 0);
  await troia('#territory');
  await page.locator(`main a[href="/requests/${number}"]`).waitFor();
  await check(page, 'the requests of the second territory');

  // Between one's own two territories one says for which one writes.
  await page.setViewportSize({ width: 1280, height: 900 });
  await visitPage(page, '/conversations/new?to=bitonto');
  await troia('#from');
  await page.fill('#subject', 'Un saluto');
  await page.fill('#body', 'Da Troia.');
  await page.click('main form button[type=submit]');
  await page.locator('.bubble.own', { hasText: 'Ambito di Troia' }).waitFor();
  const { us, them } = await life.hub.ask('{ us: territory(by: { slug: "ambito-nardo" }) { id } them: territory(by: { slug: "ambito-troia" }) { id } }');
  const { startConversation } = await life.hub.ask(
    'mutation($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } userErrors { message } } }',
    { input: { from: us.id, to: them.id, subject: 'Tra i due', body: 'Prima' } }, life.nardo);
  await visitPage(page, `/conversations/${startConversation.conversation.id}`);
  await page.waitForSelector(TALK);
  await troia(`${TALK} select`);
  await page.fill(`${TALK} textarea`, 'Risposta da Troia');
  await page.click(`${TALK} button[type=submit]`);
  await page.locator('.bubble', { hasText: 'Risposta da Troia' }).filter({ hasText: '(Ambito di Troia)' }).waitFor();
  await check(page, 'between two of one’s own');
});
