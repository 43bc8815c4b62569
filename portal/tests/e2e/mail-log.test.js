// What became of the mails: for stewards all of them, for whom caused one its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { say } from './hands.js';
import { Life } from './life.js';
import { cameBack, outOfReach } from './past.js';

let site;
let life;
let request;
before(async () => {
  site = await Site.open();
  life = new Life(site);
  request = await life.make({ to: 'SENT' });
  await told((text) => text.includes(request.number));
  await handedOver();
  cameBack(site, 'request_received');
});
after(() => site?.close());

/** Waits for a mail in the demo's mailbox. */
async function told(isIt) {
  for (let tries = 0; tries < 400; tries++) {
    const mails = await (await fetch(`${site.base}/dev/mailbox.json`)).json();
    if (mails.some(({ text }) => isIt(text))) return;
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error('no such mail came');
}

/** Waits until it is written down that the owner's mails left. */
async function handedOver() {
  const steward = site.hub.token('regia.regione');
  const query = '{ mailLog(filter: { letters: [REQUEST_RECEIVED] }) { nodes { state } } }';
  for (let tries = 0; tries < 400; tries++) {
    const { nodes } = (await site.hub.ask(query, {}, steward)).mailLog;
    if (nodes.length && nodes.every(({ state }) => state === 'SENT')) return;
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error('the mails did not leave');
}

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`the steward sees what became of each mail, and why (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'steward', width, language });
    await visitPage(page, '/staff');
    await page.click('.tabs a[href="/staff/mail"]');
    await page.waitForSelector('#mails > li');
    await check(page, 'the mail');
    await page.selectOption('#state', 'failed');
    await page.waitForURL('**/staff/mail?state=failed');
    await settled(page);
    assert.equal(await page.locator('#mails > li').count(), await page.locator('#mails .badge-bad').count());
    const first = page.locator('#mails > li').first();
    assert.match(await first.textContent(), language === 'it' ? /Respinta: casella inesistente/ : /Sent back: no such mailbox/);
    assert.match(await first.textContent(), /[a-z]…@/, 'of the address as much as shows a mistake');
    await first.locator('summary').click();
    await page.getByText('550 5.1.1').first().waitFor();
    await check(page, 'why a mail failed');
    await page.selectOption('#letter', 'DIGEST');
    await page.waitForSelector('.empty');
    await check(page, 'no such mail');
    await page.click('.empty button');
    await page.waitForSelector('#mails > li');
    await page.selectOption('#to', 'MAILBOX');
    await page.waitForURL('**to=MAILBOX');
    await page.context().close();
  });
}

test('the mails are only for stewards', async () => {
  const page = await site.visit({ as: 'facilitator', width: 360 });
  for (const path of ['/staff/mail', '/staff/addresses']) {
    await visitPage(page, path);
    assert.match(await page.textContent('main .lead'), /solo chi ha la regia/);
    await check(page, `${path} is for stewards`);
  }
  await page.context().close();
});

test('who caused a mail sees what became of it, and nobody else does', async () => {
  const page = await site.visit({ as: 'nardo', width: 360 });
  await visitPage(page, `/requests/${request.number}`);
  const failed = page.locator('section[aria-labelledby=story] .text-failed');
  assert.match(await failed.first().textContent(), /E-mail a un referente della pratica, per il Comune di Bitonto: respinta: casella inesistente/);
  await check(page, 'a request whose mail came back');

  await say(page, 'Avete ricevuto la nostra richiesta?');
  await told((text) => text.includes('Avete ricevuto la nostra richiesta?'));
  await page.reload();
  await page.waitForSelector('.bubble.own .letters');
  await check(page, 'a message and its mails');
  await page.context().close();

  const owner = await site.visit({ as: 'bitonto' });
  await visitPage(owner, `/requests/${request.number}`);
  assert.equal(await owner.locator('.letters').count(), 0);
  await owner.context().close();
});

test('an address that mails come back from is written to again', async () => {
  const page = await site.visit({ as: 'steward' });
  await visitPage(page, '/staff/mail');
  await page.click('main a[href="/staff/addresses"]');
  await page.waitForSelector('#silent-list > li');
  await check(page, 'silent addresses');
  for (let left = await page.locator('#silent-list > li').count(); left > 0; left--) {
    const address = await page.locator('#silent-list > li strong').first().textContent();
    await page.locator('#silent-list > li button').first().click();
    await page.waitForSelector('dialog[open]');
    if (left === 1) await check(page, 'write again?');
    await page.click('dialog[open] .buttons button:first-child');
    await page.waitForFunction((address) => document.querySelector('.done-line')?.textContent.includes(address), address);
    await page.waitForFunction((left) => document.querySelectorAll('#silent-list > li').length < left, left);
    await page.waitForFunction(() => document.activeElement.id === 'silent');
  }
  await page.waitForSelector('.empty');
  await check(page, 'no silent address');
  await page.context().close();
});

test('a territory that nobody reaches by e-mail is for the facilitator to telephone', async () => {
  outOfReach(site, 'giovinazzo');
  const page = await site.visit({ as: 'facilitator', width: 360 });
  await visitPage(page, '/tasks');
  const task = page.locator('[data-task=TERRITORY_UNREACHABLE]');
  assert.match(await task.textContent(), /Telefonate al territorio/);
  await check(page, 'a territory out of reach');
  await task.locator('a').click();
  await page.waitForURL('**/territories/giovinazzo');
  await page.context().close();
});
