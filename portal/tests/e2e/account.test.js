import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

test('who is nobody is led to sign in, and back to where they wanted to go', async () => {
  const page = await site.visit({ width: 360 });
  await visitPage(page, '/account');
  await page.waitForSelector('main a[href="/sign-in?to=%2Faccount"]');
  await check(page, 'one must sign in');
  await page.click('main a[href="/sign-in?to=%2Faccount"]');
  await page.fill('#email', people.worker);
  await page.click('main button[type=submit]');
  await page.fill('#code', await site.code(people.worker));
  await page.click('main button[type=submit]');
  await page.waitForURL('**/account');
  await page.waitForSelector('#profile-form');
  await settled(page);
  await check(page, 'the account');
  await page.context().close();
});

test('one changes name and language, and signs another browser out', async () => {
  const other = await site.visit({ as: 'nardo' });
  const page = await site.visit({ as: 'nardo', anew: true });
  await visitPage(page, '/account');
  await check(page, 'the account');
  await page.fill('#name', ' ');
  await page.click('#profile-form [type=submit]');
  await page.waitForSelector('#name-error');
  await page.fill('#name', 'Coordinamento Nardò');
  await page.selectOption('#language', 'EN');
  await page.click('#profile-form [type=submit]');
  await page.waitForFunction(() => document.documentElement.lang === 'en' && document.querySelector('h1').textContent === 'Profile and access');
  assert.match(await page.textContent('header'), /Coordinamento Nardò|Sign out/);
  await settled(page);
  const mine = page.locator('section[aria-labelledby=sessions] li', { has: page.locator('.badge-good') });
  assert.equal(await mine.count(), 1);
  assert.equal(await mine.locator('button').count(), 0);
  await page.click('section[aria-labelledby=sessions] li button');
  await page.waitForSelector('.done-line');
  await settled(page);
  await check(page, 'signed out elsewhere');
  await visitPage(other, '/account');
  await other.waitForSelector('main a[href="/sign-in?to=%2Faccount"]');
  await other.context().close();
  await page.context().close();
});

test('the language chosen in the header is that of the hub’s words too, and stays', async () => {
  const page = await site.visit({ as: 'worker' });
  await visitPage(page, '/practices/pua-itinerante-troia');
  const phases = () => page.locator('.phases h3').allTextContents();
  assert.equal((await phases())[0], 'Decidere');
  await page.click('header button[lang=en]');
  await page.waitForFunction(() => document.querySelector('.phases h3')?.textContent === 'Decide');
  assert.equal(await page.textContent('#kit'), 'Kit for reuse');
  await page.reload();
  await settled(page);
  assert.equal((await phases())[0], 'Decide');
  await visitPage(page, '/account');
  assert.equal(await page.inputValue('#language'), 'EN');
  await page.context().close();
});

test('a token is made, shown once, works, and is revoked', async () => {
  const page = await site.visit({ as: 'bitonto', width: 360, language: 'en' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visitPage(page, '/account');
  await page.uncheck('#scope-READ_PUBLIC');
  await page.click('#token-form [type=submit]');
  await page.waitForSelector('#scopes-error');
  await check(page, 'a token, refused');
  await page.fill('#token-name', 'Gestionale');
  await page.check('#scope-READ_OWN');
  await page.click('#token-form [type=submit]');
  await page.waitForSelector('#made');
  await settled(page);
  await check(page, 'the token, once');
  const token = await page.inputValue('#made');
  await page.click('.panel .btn-primary');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
  const ask = async () => (await fetch(`${site.base}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: '{"query":"{viewer{scopes}}"}',
  })).json();
  assert.deepEqual((await ask()).data?.viewer?.scopes, ['READ_OWN']);
  await page.click('.panel .btn-outline-primary');
  await page.waitForSelector('#made', { state: 'detached' });
  await page.click('section[aria-labelledby=tokens] .rows button');
  await page.waitForSelector('dialog[open]');
  await check(page, 'to revoke?');
  await page.click('dialog[open] .btn-danger');
  await page.waitForSelector('section[aria-labelledby=tokens] .badge-bad');
  assert.equal((await ask()).data?.viewer ?? null, null);
  await page.context().close();
});
