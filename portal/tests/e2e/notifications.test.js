// The notification centre: live, counted at the bell, filtered, page by page, read one by one, all at once, or by opening.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { onEachEngine } from './engines.js';
import { Life } from './life.js';

const MANY = 34;
let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const bell = (page) => page.locator('header a[href="/notifications"]');
/** Waits until the bell says so. */
const rings = (page, name) => page.waitForFunction((wanted) => document.querySelector('header a[href="/notifications"]')?.ariaLabel === wanted, name);
const unread = '#notifications > .unread';
const are = (page, selector, count) => page.waitForFunction(([wanted, n]) => document.querySelectorAll(wanted).length === n, [selector, count]);

onEachEngine('what happens is there at once and the bell counts it; what is opened is read', () => site, async (on) => {
  const life = new Life(on);
  const talk = (await life.make({ slug: 'incentro-bitonto' })).conversation.id;
  const page = await on.visit({ as: 'nardo' });
  await visitPage(page, '/notifications');
  await rings(page, 'Notifiche, 1 da leggere');
  await are(page, unread, 1);
  await check(page, 'one notification');
  await life.post(talk, life.bitonto, 'Quando possiamo sentirci?');
  await rings(page, 'Notifiche, 2 da leggere');
  await are(page, unread, 2);
  assert.match(await page.locator('#notifications > li').first().textContent(), /Nuovo messaggio dal Comune di Bitonto.*REQ-.*Nuovi messaggi/s);

  // On another page only the bell tells, and what is opened from there is read too.
  await page.locator('#notifications > li a').first().click();
  await page.waitForURL('**/conversations/*');
  await rings(page, 'Notifiche, 1 da leggere');
  const read = page.waitForResponse((answer) => answer.request().postData()?.includes('mutation MarkNotificationsRead'));
  await life.post(talk, life.bitonto, 'Giovedì?');
  await page.locator('.bubble', { hasText: 'Giovedì?' }).waitFor();
  await read;
  await visitPage(page, '/notifications?list=unread');
  await are(page, unread, 1);
  await page.locator(`${unread} a`).click();
  await page.waitForURL('**/requests/*');
  await rings(page, 'Notifiche');
  await visitPage(page, '/notifications?list=unread');
  await page.waitForSelector('.empty');
  await check(page, 'all read');
  await page.click('.empty button');
  await are(page, '#notifications > li', 3);
  assert.equal(new URL(page.url()).search, '');
  await page.context().close();
});

test('one narrows and goes on page by page; one, some and all are marked as read', async () => {
  const life = new Life(site);
  const { conversation } = await life.make({ slug: 'pua-itinerante-troia', level: 'DOCUMENTS', to: 'SENT' });
  assert.ok(conversation);
  const { us, them } = await life.hub.ask('{ us: territory(by: { slug: "bitonto" }) { id } them: territory(by: { slug: "ambito-nardo" }) { id } }');
  const { startConversation } = await life.hub.ask(
    'mutation($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } userErrors { message } } }',
    { input: { from: us.id, to: them.id, subject: 'Un incontro', body: 'Buongiorno' } }, life.bitonto);
  for (let n = 1; n < MANY; n++) await life.post(startConversation.conversation.id, life.bitonto, `Riga ${n}`);
  const page = await site.visit({ as: 'nardo', width: 360, language: 'en' });
  await visitPage(page, '/notifications?kind=MESSAGES&list=unread');
  await are(page, '#notifications > li', 30);
  await check(page, 'the first page of messages, narrow');
  await page.click('#notifications ~ .buttons button');
  await are(page, '#notifications > li', MANY);
  assert.equal(await page.evaluate(() => [...document.activeElement.parentElement.children].indexOf(document.activeElement)), 30, 'the focus is on the first new row');

  const row = page.locator('#notifications > li').first();
  await row.locator('button').click();
  await are(page, unread, MANY - 1);
  assert.equal(await row.locator('a').evaluate((link) => link === document.activeElement), true, 'the focus stays where it was read');
  assert.match(await bell(page).getAttribute('aria-label'), /^Notifications, \d+ unread$/);
  await check(page, 'one is read');

  // Of this kind only.
  await page.click('main button:has-text("Mark these as read")');
  await page.waitForSelector('.empty');
  await check(page, 'none of this kind is unread');
  await page.selectOption('#kind', '');
  await page.waitForSelector(unread);
  assert.equal(new URL(page.url()).search, '?list=unread');
  await page.click('nav.tabs a[href="/notifications"]');
  await are(page, '#notifications > li', 30);
  await page.click('main button:has-text("Mark all as read")');
  await are(page, unread, 0);
  await rings(page, 'Notifications');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'list');
  await page.reload();
  await settled(page);
  await are(page, '#notifications > li', 30);
  assert.equal(await page.locator(unread).count(), 0);
  await page.context().close();
});

for (const [width, language] of [[360, 'it'], [1280, 'en']]) {
  test(`where nothing came yet, it says what will, and where to choose (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'steward', width, language });
    await visitPage(page, '/notifications');
    await check(page, 'nothing yet');
    await page.click('.empty a[href="/notifications/settings"]');
    await page.waitForSelector('#preferences');
    await check(page, 'preferences of who accompanies');
    assert.equal(await page.locator('#FACILITATION-AT_ONCE').isChecked(), true);
    await page.context().close();
  });
}

test('who is not signed in is led to signing in, and back', async () => {
  const page = await site.visit({ width: 360 });
  await visitPage(page, '/notifications?list=unread');
  await check(page, 'not signed in');
  assert.equal(await bell(page).count(), 0);
  await page.click('main .btn-primary');
  await page.fill('#email', people.worker);
  await page.click('main button[type=submit]');
  await page.waitForSelector('#code');
  await page.fill('#code', await site.code(people.worker));
  await page.click('main button[type=submit]');
  await page.waitForURL('**/notifications?list=unread');
  await settled(page);
  assert.equal(await bell(page).count(), 1);
  await page.context().close();
});
