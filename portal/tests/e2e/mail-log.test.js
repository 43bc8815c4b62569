// What became of letters: for stewards all of them and the addresses that are suspended, for senders those about their doings.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { onEachEngine } from './engines.js';
import { say } from './hands.js';
import { inDays, Life } from './life.js';
import { outOfReach, putOff, resume, sendBack, suspend } from './past.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

/** Goes on in another language, in a window of another width. */
async function look(page, language, width) {
  await page.setViewportSize({ width, height: 800 });
  await page.click(`header button[lang=${language}]`);
  await page.waitForFunction((chosen) => document.documentElement.lang === chosen, language);
  await settled(page);
}

/** Reads the log anew until so many letters, all out, are in it. */
async function logWith(page, count) {
  for (let tries = 0; tries < 60; tries++) {
    await visitPage(page, '/staff/mail');
    const [all, out] = [await page.locator('#letters > li').count(), await page.locator('#letters .badge-good').count()];
    if (all >= count && out === all) return;
  }
  throw new Error('the letters do not leave');
}

const shown = (page) => page.locator('#letters > li').count();

onEachEngine('the steward reads what became of each letter, and narrows the list; the address keeps it', () => site, async (on) => {
  const life = new Life(on);
  const request = await life.make({ to: 'ACCEPTED' });
  const page = await on.visit({ as: 'steward' });
  await visitPage(page, '/staff');
  await page.click('.tabs a[href="/staff/mail"]');
  await page.waitForURL('**/staff/mail');
  await logWith(page, 5);
  assert.match(await page.locator('#letters').innerText(), /Consegnata al server alle \d\d:\d\d del/);
  sendBack(on, 'request_received');
  putOff(on, 'request_copy');
  await visitPage(page, '/staff/mail');
  const list = await page.locator('#letters').innerText();
  assert.match(list, /Respinta: casella inesistente/);
  assert.match(list, /Motivo annotato: 550 5\.1\.1 <n…@example\.invalid>/);
  assert.match(list, /In attesa: nuovo tentativo alle/);
  assert.match(list, /Un referente, Comune di Bitonto \(.…@/);
  assert.doesNotMatch(list, /coordinamento\.nardo@|nobody\.here/, 'no whole address is shown');
  await check(page, 'the letters');
  await page.locator('#letters details').first().click();
  await page.locator('#letters details[open] code').waitFor();
  await check(page, 'what a mail server has in its logs');

  await page.selectOption('#state', 'FAILED');
  await page.waitForURL('**/staff/mail?state=FAILED');
  await settled(page);
  await page.waitForFunction(() => document.querySelectorAll('#letters > li').length === document.querySelectorAll('#letters .badge-bad').length);
  assert.ok(await shown(page));
  await look(page, 'en', 360);
  assert.match(await page.locator('#letters').innerText(), /Request received[^]*Sent back: no such mailbox/);
  await check(page, 'letters sent back, narrow');
  await page.reload();
  await settled(page);
  assert.equal(await page.inputValue('#state'), 'FAILED', 'the address keeps what was chosen');

  await visitPage(page, '/staff/mail?letter=access');
  assert.deepEqual([...new Set(await page.locator('#letters strong').allTextContents())], ['Code to sign in']);
  await page.selectOption('#letter', 'REQUEST_COPY');
  await page.waitForURL('**letter=REQUEST_COPY');
  await page.waitForFunction(() => document.querySelector('#letters strong')?.textContent === 'Copy of the request sent');
  await page.selectOption('#to', 'MAILBOX');
  await page.waitForURL('**to=MAILBOX');
  await page.waitForSelector('.empty');
  await check(page, 'none such');
  await look(page, 'it', 1280);
  await page.click('.empty button');
  await page.waitForSelector('#letters');
  assert.equal(new URL(page.url()).search, '');
  await page.fill('#since', inDays(2));
  await page.waitForSelector('.empty');
  await page.fill('#since', '');
  await page.fill('#until', inDays(1));
  await page.waitForSelector('#letters');
  assert.match(page.url(), /\?until=/);
  // What is no choice narrows nothing.
  await visitPage(page, '/staff/mail?state=abc&letter=abc&to=abc&since=abc');
  assert.ok(await shown(page));
  await life.withdraw(request);
  await page.context().close();
});

test('more than a page of letters comes on demand, and the focus is on the first new one', async () => {
  const life = new Life(site);
  const request = await life.make({ slug: 'incentro-bitonto', to: 'SENT' });
  for (let n = 1; n <= 34; n++) await life.post(request.conversation.id, n % 2 ? life.nardo : life.bitonto, `Riga ${n}`);
  const page = await site.visit({ as: 'steward', width: 360 });
  await logWith(page, 30);
  const before = await shown(page);
  await page.click('#letters ~ .buttons button');
  await page.waitForFunction((first) => document.querySelectorAll('#letters > li').length > first, before);
  await page.waitForFunction((first) => document.activeElement === document.querySelectorAll('#letters > li')[first], before);
  await check(page, 'two pages of letters');
  await life.withdraw(request);
  await page.context().close();
});

onEachEngine('suspended addresses: none, some, written to again once it is agreed', () => site, async (on) => {
  const page = await on.visit({ as: 'steward', width: 360, language: 'en' });
  await visitPage(page, '/staff/mail/addresses');
  await page.waitForSelector('.empty');
  await check(page, 'no suspended address');
  const long = 'protocollo.generale.servizi.sociali@comune.san-michele-salentino.example.invalid';
  suspend(on, long);
  await page.reload();
  await page.waitForSelector('#addresses');
  assert.match(await page.locator('#addresses').innerText(), /No such mailbox[^]*3 letters in a row came back/);
  await check(page, 'a suspended address, narrow');
  await look(page, 'it', 1280);
  assert.match(await page.locator('#addresses').innerText(), /Casella inesistente[^]*Sospeso dal.*3 lettere di seguito/);
  await page.click('#addresses button');
  await page.waitForSelector('dialog[open]');
  await check(page, 'before it is written to again');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#addresses > li').count(), 1, 'Escape leaves it');

  // Somebody else was quicker: the page says so, and shows what holds now.
  await page.click('#addresses button');
  await page.waitForSelector('dialog[open]');
  resume(on, long);
  await page.click('dialog[open] .btn-primary');
  await page.waitForSelector('dialog[open] .alert-danger');
  await check(page, 'no longer suspended');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.empty');

  suspend(on, long);
  await page.reload();
  await page.click('#addresses button');
  await page.click('dialog[open] .btn-primary');
  await page.waitForSelector('.empty');
  await page.waitForFunction(() => document.activeElement.matches('.done-line'));
  assert.match(await page.locator('.done-line').innerText(), /scrive di nuovo a protocollo/);
  await check(page, 'written to again');
  await visitPage(page, '/staff/log?about=mail');
  assert.ok(await page.locator('.rows [id^=entry-], .rows > li').count(), 'the log has it');
  await page.context().close();
});

onEachEngine('who wrote sees what became of the letters, nobody else does', () => site, async (on) => {
  const life = new Life(on);
  const request = await life.make({ slug: 'incentro-bitonto', to: 'ACCEPTED' });
  const nardo = await on.visit({ as: 'nardo', width: 360 });
  const talk = `/conversations/${request.conversation.id}`;
  await visitPage(nardo, talk);
  await say(nardo, 'Quando possiamo venire a vedere?');
  // Of itself, a moment after.
  const own = nardo.locator('.bubble.own .letters').last();
  await own.locator('text=/consegnat/').first().waitFor();
  await check(nardo, 'a message whose letter left');
  const bitonto = await on.visit({ as: 'bitonto', language: 'en' });
  await visitPage(bitonto, talk);
  await bitonto.waitForSelector('.bubble');
  assert.equal(await bitonto.locator('.bubble:not(.own) .letters').count(), 0, 'the other side sees nothing of it');

  sendBack(on, 'new_message');
  await visitPage(nardo, talk);
  await nardo.locator('.letters .field-error').waitFor();
  assert.match(await nardo.locator('.letters .field-error').last().innerText(), /E-mail per .*, respinta: casella inesistente/);
  await check(nardo, 'a message whose letter came back');
  putOff(on, 'new_message');
  await visitPage(nardo, talk);
  await nardo.locator('.letters', { hasText: 'in attesa: nuovo tentativo alle' }).waitFor();
  await look(nardo, 'en', 1280);
  await nardo.locator('.letters', { hasText: 'waiting: next attempt at' }).waitFor();
  await check(nardo, 'a letter that waits');

  // Of steps: the side that took it, and the hub's staff.
  sendBack(on, 'accepted');
  const address = `/requests/${request.number}`;
  const accepted = (page, text) => page.locator('[aria-labelledby=story] li', { hasText: text }).first();
  await visitPage(bitonto, address);
  await accepted(bitonto, 'accepted').locator('.letters .field-error').waitFor();
  assert.match(await accepted(bitonto, 'accepted').innerText(), /sent back: no such mailbox[^]*tells the facilitator/);
  await check(bitonto, 'a step whose letter came back');
  await visitPage(nardo, address);
  assert.equal(await accepted(nardo, 'accepted').locator('.letters').count(), 0);
  assert.ok(await accepted(nardo, 'sent the request').locator('.letters').count());

  // Nardò's address is suspended: what is written now does not go there, and Bitonto is told so.
  suspend(on, people.nardo);
  await visitPage(bitonto, talk);
  await say(bitonto, 'On Thursday at ten?');
  await bitonto.locator('.bubble.own', { hasText: 'On Thursday' }).locator('.letters', { hasText: 'not sent: mails to this mailbox come back' }).waitFor();
  await check(bitonto, 'a message to a suspended address');
  resume(on, people.nardo);

  for (const as of ['facilitator', 'steward']) {
    const page = await on.visit({ as, width: 360 });
    await visitPage(page, address);
    await accepted(page, 'accettato').locator('.letters .field-error').waitFor();
    await check(page, `the story, for the ${as}`);
    await page.context().close();
  }
  await life.withdraw(request);
  await Promise.all([nardo, bitonto].map((page) => page.context().close()));
});

test('letters and addresses are for stewards alone', async () => {
  for (const as of [undefined, 'worker', 'bitonto', 'facilitator']) {
    const page = await site.visit({ as });
    for (const address of ['/staff/mail', '/staff/mail/addresses']) {
      await visitPage(page, address);
      assert.equal(await page.locator('#letters, #addresses, main form').count(), 0, `${address} as ${as}`);
      await check(page, `${address} as ${as}`);
    }
    await page.context().close();
  }
});

test('a territory that nobody reaches by e-mail is for the facilitator to telephone', async () => {
  const page = await site.visit({ as: 'facilitator', width: 360 });
  outOfReach(site, 'giovinazzo');
  await visitPage(page, '/tasks');
  const task = page.locator('[data-task=TERRITORY_UNREACHABLE]');
  assert.match(await task.textContent(), /Telefonate al territorio/);
  await check(page, 'a territory out of reach');
  await task.locator('a').click();
  await page.waitForURL('**/territories/giovinazzo');
  await page.context().close();
});
