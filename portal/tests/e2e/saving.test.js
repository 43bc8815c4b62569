import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { begin, open, saved, stored } from './editing.js';
import { onEachEngine } from './engines.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

onEachEngine('two write one practice at once: fields merge, one field asks, nothing is lost', () => site, async (site) => {
  const one = await site.visit({ as: 'bitonto' });
  const slug = await begin(one, 'Scritta a quattro mani');
  const two = await site.visit({ as: 'worker', width: 360 });
  await visitPage(two, `/our-practices/${slug}`);
  await open(one, 'story');
  await open(two, 'story');
  // Different fields, in the same second.
  await Promise.all([one.fill('#context', 'Contesto dalla prima.'), two.fill('#method', 'Metodo dalla seconda.')]);
  await Promise.all([saved(one), saved(two)]);
  await one.waitForFunction(() => document.querySelector('#method').value === 'Metodo dalla seconda.');
  await two.waitForFunction(() => document.querySelector('#context').value === 'Contesto dalla prima.');
  // The same field: the second is cut off from the news while the first saves.
  await two.context().setOffline(true);
  await two.fill('#context', 'La seconda scrive altro.');
  await two.waitForSelector('[data-state=unreachable]');
  await one.fill('#context', 'La prima corregge.');
  await saved(one);
  two.wrongs.splice(0); // The browser itself reports that it is offline.
  await two.context().setOffline(false);
  await two.waitForSelector('[data-state=held]');
  await two.waitForSelector('.theirs');
  assert.equal(await two.inputValue('#context'), 'La seconda scrive altro.');
  assert.equal(await two.textContent('.theirs'), 'La prima corregge.');
  two.wrongs.splice(0);
  await check(two, 'a conflict');
  await two.click('.beside .btn-primary');
  await saved(two);
  assert.equal((await stored(one, slug)).context.source, 'La seconda scrive altro.\n\nLa prima corregge.');
  await one.waitForFunction(() => document.querySelector('#context').value.startsWith('La seconda'));
  await one.context().close();
  await two.context().close();
});

test('who is no longer signed in goes on typing, and it is saved after signing in', async () => {
  const page = await site.visit({ as: 'worker' });
  const slug = await begin(page, 'Sessione che scade');
  await open(page, 'story');
  await page.fill('#context', 'Prima.');
  await saved(page);
  await page.context().clearCookies();
  await page.fill('#context', 'Scritto a sessione scaduta.');
  await page.waitForSelector('[data-state=signed-out]');
  page.wrongs.splice(0);
  await check(page, 'signed out while writing');
  await page.click('.save-state a');
  await page.fill('#email', people.worker);
  await page.click('main button[type=submit]');
  await page.fill('#code', await site.code(people.worker));
  await page.click('main button[type=submit]');
  await page.waitForURL(`**/our-practices/${slug}?section=story`);
  await page.waitForSelector('#context');
  assert.equal(await page.inputValue('#context'), 'Scritto a sessione scaduta.');
  await saved(page);
  assert.equal((await stored(page, slug)).context.source, 'Scritto a sessione scaduta.');
  await page.context().close();
});

test('what is typed while the hub is down is saved when it is back, also after the page was closed', async () => {
  const page = await site.visit({ as: 'worker' });
  const slug = await begin(page, 'Servizio fermo');
  await open(page, 'story');
  await site.hub.stop();
  await page.fill('#context', 'Scritto a servizio fermo.');
  await page.waitForSelector('[data-state=unreachable]');
  await site.hub.serve();
  await saved(page);
  assert.equal((await stored(page, slug)).context.source, 'Scritto a servizio fermo.');
  await site.hub.stop();
  await page.fill('#method', 'Scritto e chiuso.');
  await page.waitForSelector('[data-state=unreachable]');
  await page.goto('about:blank');
  await site.hub.serve();
  page.wrongs.splice(0);
  await visitPage(page, '/our-practices');
  await check(page, 'a draft that waits in this browser');
  await visitPage(page, `/our-practices/${slug}?section=story`);
  await page.waitForSelector('#method');
  assert.equal(await page.inputValue('#method'), 'Scritto e chiuso.');
  await saved(page);
  assert.equal((await stored(page, slug)).method.source, 'Scritto e chiuso.');
  await page.context().close();
});
