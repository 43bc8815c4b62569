// Requests: the list, what is said before one writes, a send that fails, two who act at once, who acts for others.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { fill, take } from './hands.js';
import { Life } from './life.js';

let site;
let life;
before(async () => {
  site = await Site.open();
  life = new Life(site);
});
after(() => site?.close());

/** What Nardò has for a practice, as the hub counts it. */
async function requestsFor(slug) {
  const { practice } = await life.hub.ask('query($slug: String!) { practice(by: { slug: $slug }) { id } }', { slug });
  const { replicationRequests } = await life.hub.ask(
    'query($id: ID!) { replicationRequests(filter: { practice: $id }) { nodes { number state need } } }', { id: practice.id }, life.nardo);
  return replicationRequests.nodes;
}

test('the list: empty, filtered, page by page', async () => {
  const page = await site.visit({ as: 'nardo', width: 360 });
  await visitPage(page, '/requests');
  await page.waitForSelector('.empty');
  await check(page, 'none sent');
  await page.click('.tabs a >> text=Ricevute');
  await page.waitForURL('**/requests?list=received');
  await settled(page);
  await check(page, 'none received');

  const { practices } = await life.hub.ask('{ practices(first: 60) { nodes { slug viewerActions } } }', {}, life.nardo);
  const asked = practices.nodes.filter(({ slug, viewerActions }) => viewerActions.includes('DRAFT_REPLICATION_REQUEST') && slug !== 'incontra-bitonto');
  assert.ok(asked.length > 20);
  for (const { slug } of asked) await life.make({ slug, to: 'DRAFT' });
  await page.click('.tabs a >> text=Inviate');
  await page.waitForSelector('.rows');
  await page.click('text=Mostra altre');
  await page.waitForFunction((all) => document.querySelectorAll('main .rows > li').length === all, asked.length);
  await check(page, 'all of them');
  await page.selectOption('#state', 'COMPLETED');
  await page.waitForSelector('.empty');
  await page.click('.empty button');
  await page.waitForSelector('.rows');
  assert.equal(new URL(page.url()).search, '');

  // A draft is completed or thrown away.
  await page.click('main .rows a');
  await page.waitForSelector('#do-DISCARD');
  await check(page, 'a draft');
  await page.click('#do-DISCARD');
  await page.click('#step button[type=submit]');
  await page.waitForURL('**/requests');
  await settled(page);
  await page.context().close();
});

test('what cannot be asked for is said before one writes', async () => {
  const page = await site.visit({ as: 'nardo', language: 'en' });
  const bitonto = await site.visit({ as: 'bitonto', language: 'en' });
  for (const [who, path, words] of [
    [page, '/requests/new', 'Choose a practice first'],
    [page, '/requests/new?practice=cav-rete-taranto', 'takes no requests'],
    [bitonto, '/requests/new?practice=incontra-bitonto', 'your own territory'],
  ]) {
    await visitPage(who, path);
    await who.locator('.empty', { hasText: words }).waitFor();
    await check(who, words);
  }
  const open = await life.make({ to: 'SENT' });
  await visitPage(page, '/requests/new?practice=incontra-bitonto&level=DOCUMENTS');
  await page.click('.empty a >> text=Open the request');
  await page.waitForURL(`**/requests/${open.number}`);
  await settled(page);
  await life.withdraw(open);
  await page.waitForSelector('.way .exit');
  await check(page, 'withdrawn');
  await page.context().close();
  await bitonto.context().close();
});

test('a send whose answer is lost keeps everything and goes once only', async () => {
  const page = await site.visit({ as: 'nardo', width: 360, language: 'en' });
  await visitPage(page, '/requests/new?practice=incontra-bitonto');
  await page.fill('#need', 'Two hamlets without services.');
  await page.check('#level-MENTORING');
  await page.reload();
  await settled(page);
  assert.equal(await page.inputValue('#need'), 'Two hamlets without services.', 'kept over a reload');
  const lost = [];
  await page.route('**/graphql', async (route) => {
    const name = /mutation (\w+)/.exec(route.request().postData() ?? '')?.[1];
    if (!name || lost.includes(name)) return route.fallback();
    lost.push(name);
    await route.fetch();
    await route.abort();
  });
  for (const name of ['DraftRequest', 'SendRequest']) {
    await page.click('main button[type=submit]');
    await page.waitForSelector('.alert-danger');
    assert.ok(lost.includes(name));
    assert.equal(await page.inputValue('#need'), 'Two hamlets without services.');
  }
  page.wrongs.splice(0); // Chromium reports what was cut.
  await check(page, 'not sent');
  await page.click('main button[type=submit]');
  await page.waitForURL('**/requests/REQ-*');
  await settled(page);
  const open = (await requestsFor('incontra-bitonto')).filter(({ state }) => state === 'SENT');
  assert.equal(open.length, 1);
  await life.withdraw(await life.hub.ask('query($n: String!) { r: replicationRequest(by: { number: $n }) { id } }', { n: open[0].number }, life.nardo).then(({ r }) => r));
  await page.context().close();
});

test('a session that ends while a member writes a request: it is said, and all is there after signing in again', async () => {
  const page = await site.visit({ as: 'worker', width: 360 });
  await visitPage(page, '/requests/new?practice=pua-itinerante-troia');
  await page.fill('#need', 'Due frazioni lontane dal segretariato sociale.');
  await page.check('#level-MENTORING');
  await page.context().clearCookies();
  await page.click('main button[type=submit]');
  const lost = page.locator('main > .alert', { hasText: 'accesso è scaduto' });
  await lost.waitFor();
  assert.equal(await page.inputValue('#need'), 'Due frazioni lontane dal segretariato sociale.');
  page.wrongs.splice(0);
  await check(page, 'no longer signed in');
  await lost.locator('a').click();
  await page.fill('#email', people.worker);
  await page.click('main button[type=submit]');
  await page.fill('#code', await site.code(people.worker));
  await page.click('main button[type=submit]');
  await page.waitForURL('**/requests/new?practice=pua-itinerante-troia**');
  await page.waitForSelector('#need');
  assert.equal(await page.inputValue('#need'), 'Due frazioni lontane dal segretariato sociale.');
  assert.equal(await page.isChecked('#level-MENTORING'), true);
  await page.click('main button[type=submit]');
  await page.waitForURL('**/requests/REQ-*');
  await settled(page);
  await check(page, 'sent by a member');
  await page.context().close();
});

test('two of the same side act at once: one learns what happened, and nothing is lost', async () => {
  const request = await life.make({ to: 'SENT' });
  const pages = [await site.visit({ as: 'bitonto' }), await site.visit({ as: 'worker' })];
  for (const page of pages) {
    await visitPage(page, `/requests/${request.number}?step=ACKNOWLEDGE`);
    await fill(page, { note: 'La leggo io.' });
  }
  await Promise.all(pages.map((page) => page.click('#step button[type=submit]')));
  await Promise.all(pages.map((page) => page.waitForSelector('.alert-success, #step .alert-warning')));
  const late = [];
  for (const page of pages) if (await page.locator('#step .alert-warning').count()) late.push(page);
  assert.equal(late.length, 1);
  assert.match(await late[0].textContent('#step .alert-warning'), /ora è «Presa in carico»/);
  assert.equal(await late[0].inputValue('#step-note'), 'La leggo io.');
  await late[0].waitForSelector('.way .now >> text=Presa in carico');
  await check(late[0], 'somebody was faster');
  for (const page of pages) await page.context().close();
  await life.withdraw(request);
});

test('the facilitator and the Region act for others and say why', async () => {
  const request = await life.make({ to: 'SENT' });
  const facilitator = await site.visit({ as: 'facilitator' });
  await visitPage(facilitator, '/tasks');
  await check(facilitator, 'the tasks of the facilitator');
  await visitPage(facilitator, `/requests/${request.number}`);
  await take(facilitator, 'EXTEND', { days: '10', note: 'Il referente è in ferie.' });
  await facilitator.click('#do-ACKNOWLEDGE');
  await facilitator.click('#step button[type=submit]');
  await facilitator.waitForSelector('#step-note-error');
  await check(facilitator, 'why');
  await fill(facilitator, { note: 'Concordato al telefono con il referente.' });
  await facilitator.click('#step button[type=submit]');
  await facilitator.waitForSelector('.alert-success');
  const steward = await site.visit({ as: 'steward', width: 360, language: 'en' });
  await visitPage(steward, `/requests/${request.number}`);
  await take(steward, 'ANNUL', { reason: 'ERROR', note: 'Sent to the wrong body.' });
  await check(steward, 'annulled');
  await facilitator.context().close();
  await steward.context().close();
});

test('after documents only the outcome has three fields', async () => {
  const request = await life.make({ to: 'ACCEPTED' });
  const page = await site.visit({ as: 'nardo', width: 360 });
  await visitPage(page, `/requests/${request.number}?step=COMPLETE`);
  await page.waitForSelector('#step-result');
  assert.equal(await page.locator('#step :is(select, input, textarea)').count(), 3);
  await fill(page, { result: 'PARTIAL', lessons: 'Il capitolato era chiaro.', satisfaction: '4' });
  await check(page, 'the short outcome');
  await page.click('#step button[type=submit]');
  await page.waitForSelector('#outcome');
  await page.context().close();
});
