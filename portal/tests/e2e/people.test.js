import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, settled, visitPage } from './browser.js';
import { check } from './checks.js';
import { Life } from './life.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const confirm = (page) => page.click('dialog[open] .buttons button:first-child');
const told = (page, what) => page.waitForFunction((what) => document.querySelector('.done-line')?.textContent.includes(what), what);
/** Says yes, and waits until the page says something that it did not say before. */
async function done(page) {
  const before = await page.locator('.done-line').textContent();
  await confirm(page);
  await page.waitForFunction((before) => ![before, ''].includes(document.querySelector('.done-line')?.textContent ?? ''), before);
}

for (const [width, language, mail] of [[1280, 'it', 'uno@example.invalid'], [360, 'en', 'due@example.invalid']]) {
  test(`a coordinator invites, takes back, welcomes, promotes and removes (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'bitonto', width, language });
    await visitPage(page, '/people');
    await check(page, 'people');
    await page.fill('#invite-name', 'Persona Nuova');
    await page.fill('#invite-email', 'niente');
    await page.click('#invite [type=submit]');
    await page.waitForSelector('#invite-email-error');
    await page.waitForFunction(() => document.activeElement.id === 'invite-email');
    await check(page, 'a wrong address');
    await page.fill('#invite-email', mail);
    await page.click('#invite [type=submit]');
    await told(page, 'Persona Nuova');
    await page.click('section[aria-labelledby=invitations] .rows button');
    await page.waitForSelector('section[aria-labelledby=invitations] .rows', { state: 'detached' });
    await page.fill('#invite-name', 'Persona Nuova');
    await page.fill('#invite-email', mail);
    await page.click('#invite [type=submit]');
    await page.waitForSelector('section[aria-labelledby=invitations] .rows');
    await check(page, 'an invitation waits');
    const guest = await site.visit({ as: mail, width, language });
    await visitPage(guest, '/people');
    assert.equal(await guest.locator('#invite').count(), 0);
    await check(guest, 'people, seen by a member');
    // The page of the coordinator hears of it by itself.
    const row = page.locator('section[aria-labelledby=members] li', { hasText: 'Persona Nuova' });
    await row.waitFor();
    await row.locator('button').first().click();
    await page.waitForSelector('dialog[open]');
    await check(page, 'another role?');
    await done(page);
    await guest.reload();
    await settled(guest);
    assert.equal(await guest.locator('#invite').count(), 1);
    await row.locator('button').last().click();
    await confirm(page);
    await row.waitFor({ state: 'detached' });
    await guest.context().close();
    await page.context().close();
  });
}

test('contacts are added, changed and removed; who sees them is said in words', async () => {
  const page = await site.visit({ as: 'worker', width: 360 });
  await visitPage(page, '/people');
  await page.click('#add-contact');
  await page.click('#contact-form [type=submit]');
  await page.waitForSelector('#contact-name-error');
  await check(page, 'a contact, refused');
  await page.check('#contact-kind-true');
  await page.fill('#contact-name', 'Segretariato sociale');
  await page.fill('#contact-role', 'Casella dell’ufficio');
  await page.fill('#contact-email', 'segretariato@example.invalid');
  assert.equal(await page.isChecked('#contact-PUBLIC'), true);
  await page.click('#contact-form [type=submit]');
  const row = page.locator('section[aria-labelledby=contacts] li', { hasText: 'Segretariato sociale' });
  await row.waitFor();
  await row.locator('button').first().click();
  await page.check('#contact-MEMBERS');
  await check(page, 'a contact, changed');
  await page.click('#contact-form [type=submit]');
  await page.waitForSelector('#contact-form', { state: 'detached' });
  await row.filter({ hasText: /chi ha accesso/ }).waitFor();
  await row.locator('button').last().click();
  await page.waitForSelector('dialog[open]');
  await check(page, 'to remove?');
  await confirm(page);
  await row.waitFor({ state: 'detached' });
  await page.context().close();
});

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`who leaves hands over, by itself or before being removed (${width} px, ${language})`, async () => {
    const life = new Life(site);
    const request = await life.make({ to: 'ACCEPTED' });
    const page = await site.visit({ as: 'bitonto', width, language });
    await visitPage(page, '/people');
    await page.click('#add-contact');
    await page.fill('#contact-name', 'Chi subentra');
    await page.fill('#contact-role', 'Assistente sociale');
    await page.fill('#contact-email', 'subentra@example.invalid');
    await page.click('#contact-form [type=submit]');
    const rows = page.locator('section[aria-labelledby=contacts] li');
    const next = rows.filter({ hasText: 'Chi subentra' });
    await next.waitFor();
    await page.waitForFunction(() => document.activeElement.id === 'add-contact');
    assert.equal(await next.locator('[id^=hand-over-]').count(), 0);
    const opener = await page.locator('[id^=hand-over-]').first().getAttribute('id');
    const leaver = opener.replace('hand-over-', '');
    const leaves = page.locator(`[id="${opener}"]`);
    await leaves.click();
    await page.waitForSelector('dialog[open]');
    await check(page, 'who takes over?');
    await page.selectOption('#successor', '');
    await confirm(page);
    await page.waitForSelector('#successor-error');
    await page.waitForFunction(() => document.activeElement.id === 'successor');
    await check(page, 'nobody takes over');
    await page.keyboard.press('Escape');
    // The page hears of it a moment after the dialog is gone.
    await page.waitForSelector('#successor', { state: 'detached' });
    await page.waitForFunction(() => document.activeElement.id.startsWith('hand-over-'));
    await page.keyboard.press('Enter');
    await page.selectOption('#successor', await page.locator('#successor option', { hasText: 'Chi subentra' }).getAttribute('value'));
    await done(page);
    await leaves.waitFor({ state: 'detached' });
    await next.locator('[id^=hand-over-]').waitFor();
    await check(page, 'handed over');
    // Removing who answers for something offers to hand over first, then asks.
    await next.locator('button').last().click();
    await page.selectOption('#successor', leaver);
    await check(page, 'hand over before leaving');
    await confirm(page);
    await page.waitForSelector('dialog[open] .btn-danger');
    await check(page, 'handed over; remove?');
    await confirm(page);
    await next.waitFor({ state: 'detached' });
    await leaves.waitFor();
    await page.context().close();
    await life.withdraw(request);
  });
}

for (const [width, language, address] of [[360, 'it', 'ufficio.di.piano@example.invalid'], [1280, 'en', 'welfare.office@example.invalid']]) {
  test(`the mailbox of the territory is named, gets what is asked, and is taken away (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'bitonto', width, language });
    await visitPage(page, '/people');
    await page.click('#edit-mailbox');
    await page.waitForFunction(() => document.activeElement.id === 'mailbox-address');
    await page.fill('#mailbox-address', 'ufficio di piano');
    await page.click('#mailbox-form [type=submit]');
    await page.waitForSelector('#mailbox-address-error');
    await page.waitForFunction(() => document.activeElement.id === 'mailbox-address');
    await check(page, 'no address');
    await page.reload();
    assert.equal(await page.inputValue('#mailbox-address'), 'ufficio di piano', 'what was typed is there again');
    await page.fill('#mailbox-address', address);
    await page.click('#mailbox-form [type=submit]');
    await told(page, address);
    await page.waitForFunction(() => document.activeElement.id === 'edit-mailbox');
    await check(page, 'the mailbox');

    // A member may see and change it too, the Region and ANCI see it, others do not.
    for (const [as, sees] of [['worker', true], ['facilitator', true], ['steward', true], ['nardo', false], [undefined, false]]) {
      const other = await site.visit({ as, width, language });
      await visitPage(other, '/territories/bitonto');
      assert.equal(await other.locator(`main a[href="mailto:${address}"]`).count(), sees ? 1 : 0, `${as ?? 'nobody'} ${sees ? 'sees' : 'does not see'} it`);
      if (sees) await check(other, `the territory, seen by ${as}`);
      await visitPage(other, '/people');
      assert.equal(await other.locator('#edit-mailbox').count(), ['worker', 'nardo'].includes(as) ? 1 : 0);
      assert.equal((await other.textContent('main')).includes(address), as === 'worker');
      await other.context().close();
    }
    const life = new Life(site);
    const request = await life.make({ to: 'SENT' });
    await mailed(address, request.number);
    await life.withdraw(request);

    await page.click('#edit-mailbox');
    await page.fill('#mailbox-address', '');
    await page.click('#mailbox-form [type=submit]');
    await page.locator('section[aria-labelledby=mailbox] .soft').waitFor();
    await check(page, 'no mailbox');
    await page.context().close();
  });
}

/** Waits for the letter to this address that names the request. */
async function mailed(address, number) {
  for (let tries = 0; tries < 200; tries++) {
    const mails = await (await fetch(`${site.base}/dev/mailbox.json`)).json();
    if (mails.some(({ to, text }) => String(to).includes(address) && text.includes(number))) return;
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error(`no letter about ${number} came to ${address}`);
}
