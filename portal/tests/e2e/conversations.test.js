// Conversations: live, kept when a send fails, over a restart of the hub and a session that ends.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { onEachEngine } from './engines.js';
import { say, TALK } from './hands.js';
import { Life } from './life.js';

let site;
let life;
let talk;
before(async () => {
  site = await Site.open();
  life = new Life(site);
  talk = await talkOn(life);
});
after(() => site?.close());

/** A conversation that Bitonto begins with Nardò. */
async function talkOn(life) {
  const { us, them } = await life.hub.ask('{ us: territory(by: { slug: "bitonto" }) { id } them: territory(by: { slug: "ambito-nardo" }) { id } }');
  const { startConversation } = await life.hub.ask(
    'mutation($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } userErrors { message } } }',
    { input: { from: us.id, to: them.id, subject: 'Un incontro tra i due territori', body: 'Buongiorno' } }, life.bitonto);
  return startConversation.conversation.id;
}

const texts = (page) => page.locator('.bubble .prose').allTextContents();
/** Fails the next messages on their way; with `late`, they reach the hub and only the answer is lost. */
const cut = (page, { late = false } = {}) => page.route('**/graphql', async (route) => {
  if (!route.request().postData()?.includes('mutation PostMessage')) return route.fallback();
  if (late) await route.fetch();
  return route.abort();
});

onEachEngine('two territories talk, and each sees at once what the other does', () => site, async (on) => {
  const talkThere = on === site ? talk : await talkOn(new Life(on));
  const bitonto = await on.visit({ as: 'bitonto' });
  const nardo = await on.visit({ as: 'nardo', width: 360, language: 'en' });
  await visitPage(nardo, '/conversations');
  await check(nardo, 'the list, with something unread');
  assert.match(await nardo.textContent('.rows'), /1 unread/);
  await nardo.click('main .rows a');
  await nardo.waitForSelector('.bubble');
  await visitPage(bitonto, `/conversations/${talkThere}`);
  await say(nardo, 'Hello, *gladly*.', 'Hello, gladly.');
  await bitonto.locator('.bubble:not(.own)', { hasText: 'Hello, gladly.' }).waitFor();
  await check(bitonto, 'a conversation');
  await check(nardo, 'a conversation, narrow');
  await nardo.click('.bubble.own .text-button');
  await nardo.click('dialog[open] .btn-danger');
  await bitonto.locator('.bubble', { hasText: 'Messaggio ritirato' }).waitFor();
  await check(nardo, 'taken back');
  // Read here: nothing is unread in the list.
  await visitPage(bitonto, '/conversations');
  await bitonto.waitForFunction(() => !document.querySelector('.badge-wait'));

  await visitPage(nardo, '/conversations/new?to=bitonto&practice=incontra-bitonto');
  await check(nardo, 'a new conversation');
  await nardo.click('main button[type=submit]');
  await nardo.waitForSelector('#body-error');
  await nardo.fill('#body', 'How many people work there?');
  await nardo.click('main button[type=submit]');
  await nardo.waitForSelector('.bubble');
  await bitonto.locator('.rows', { hasText: 'In.Con.Tra' }).waitFor();
  await visitPage(nardo, '/conversations/new?to=ambito-nardo');
  await nardo.waitForSelector('.empty');
  await check(nardo, 'with oneself');
  await nardo.context().close();
  await bitonto.context().close();
});

test('a message that did not go stays in the conversation, over a reload too, and goes once', async () => {
  const page = await site.visit({ as: 'nardo' });
  await visitPage(page, `/conversations/${talk}`);
  await page.waitForSelector(TALK);
  await page.fill(`${TALK} textarea`, 'Ancora da finire');
  await page.reload();
  await page.waitForSelector(TALK);
  assert.equal(await page.inputValue(`${TALK} textarea`), 'Ancora da finire');
  await cut(page, { late: true });
  await page.fill(`${TALK} textarea`, 'Va una volta sola');
  await page.press(`${TALK} textarea`, 'Control+Enter');
  await page.waitForSelector('.bubble.failed');
  page.wrongs.splice(0);
  await check(page, 'a message that did not go');
  await page.reload();
  await page.waitForSelector('.bubble.failed');
  await page.unroute('**/graphql');
  await page.click('.bubble.failed .btn-primary');
  await page.waitForSelector('.bubble.failed', { state: 'detached' });
  assert.equal((await texts(page)).filter((text) => text.includes('Va una volta sola')).length, 1);

  await cut(page);
  await page.fill(`${TALK} textarea`, 'Da buttare');
  await page.press(`${TALK} textarea`, 'Control+Enter');
  await page.waitForSelector('.bubble.failed');
  await page.click('.bubble.failed .btn-outline-primary');
  await page.waitForSelector('.bubble.failed', { state: 'detached' });
  await page.unroute('**/graphql');
  await page.context().close();
});

test('earlier messages come on demand and what was being read stays in its place', async () => {
  for (let n = 1; n <= 40; n++) await life.post(talk, life.bitonto, `Riga numero ${n}`);
  const page = await site.visit({ as: 'nardo', width: 360 });
  await visitPage(page, `/conversations/${talk}`);
  const button = page.locator('text=Mostra i messaggi precedenti');
  await button.waitFor();
  const first = page.locator('.bubble').first();
  const mark = await first.textContent();
  await button.scrollIntoViewIfNeeded();
  const before = (await first.boundingBox()).y;
  await button.click();
  await page.waitForFunction((shown) => document.querySelectorAll('.bubble').length > shown, 30);
  await settled(page);
  const moved = page.locator('.bubble', { hasText: mark.trim().slice(-15) }).first();
  assert.ok(Math.abs((await moved.boundingBox()).y - before) < 80, 'it stays in its place');
  await check(page, 'earlier messages');
  await page.context().close();
});

test('the hub restarts while a conversation is open: it is said, and nothing is lost or doubled', async () => {
  const nardo = await site.visit({ as: 'nardo' });
  const bitonto = await site.visit({ as: 'bitonto' });
  await visitPage(nardo, `/conversations/${talk}`);
  await visitPage(bitonto, `/conversations/${talk}`);
  await say(nardo, 'Prima del riavvio');
  await bitonto.locator('.bubble', { hasText: 'Prima del riavvio' }).waitFor();
  await site.hub.stop();
  await nardo.locator('.alert-warning', { hasText: 'Connessione interrotta' }).waitFor();
  await nardo.fill(`${TALK} textarea`, 'Scritto durante il riavvio');
  await nardo.press(`${TALK} textarea`, 'Control+Enter');
  await nardo.waitForSelector('.bubble.failed');
  await nardo.fill(`${TALK} textarea`, 'Non ancora inviato');
  nardo.wrongs.splice(0);
  await check(nardo, 'the hub is away');
  await site.hub.serve();
  await nardo.waitForSelector('.bubble.failed', { state: 'detached' });
  await nardo.waitForFunction(() => !document.querySelector('main .alert-warning'));
  await bitonto.locator('.bubble', { hasText: 'Scritto durante il riavvio' }).waitFor();
  await say(bitonto, 'Dopo il riavvio');
  await nardo.locator('.bubble', { hasText: 'Dopo il riavvio' }).waitFor();
  for (const page of [nardo, bitonto]) {
    const all = await texts(page);
    for (const words of ['Prima del riavvio', 'Scritto durante il riavvio', 'Dopo il riavvio']) {
      assert.equal(all.filter((text) => text.includes(words)).length, 1, words);
    }
  }
  assert.equal(await nardo.inputValue(`${TALK} textarea`), 'Non ancora inviato');
  await nardo.context().close();
  await bitonto.context().close();
});

test('a session that ends while one writes: it is said, and all is there after signing in again', async () => {
  const page = await site.visit({ as: 'bitonto' });
  await visitPage(page, `/conversations/${talk}`);
  await page.waitForSelector(TALK);
  await page.fill(`${TALK} textarea`, 'A metà del pensiero');
  await page.context().request.post('/graphql', { data: { query: 'mutation { signOut { signedOut } }' } });
  await page.press(`${TALK} textarea`, 'Control+Enter');
  const lost = page.locator('main > .alert', { hasText: 'accesso è scaduto' });
  await lost.waitFor();
  await page.fill(`${TALK} textarea`, 'E il seguito');
  page.wrongs.splice(0);
  await check(page, 'no longer signed in');
  await lost.locator('a').click();
  await page.waitForSelector('#email');
  await page.fill('#email', people.bitonto);
  await page.click('main button[type=submit]');
  await page.waitForSelector('#code');
  await page.fill('#code', await site.code(people.bitonto));
  await page.click('main button[type=submit]');
  await page.waitForURL(`**/conversations/${talk}**`);
  await page.waitForSelector(TALK);
  assert.equal(await page.inputValue(`${TALK} textarea`), 'E il seguito');
  await page.click('.bubble.failed .btn-primary');
  await page.locator('.bubble .prose', { hasText: 'A metà del pensiero' }).waitFor();
  await page.context().close();
});

test('what one person wrote and did not send is neither seen nor sent by the next in the same browser', async () => {
  const page = await site.visit({ as: 'bitonto' });
  await visitPage(page, `/conversations/${talk}`);
  await cut(page);
  await page.fill(`${TALK} textarea`, 'Non è partito');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.bubble.failed');
  await page.fill(`${TALK} textarea`, 'Ancora da finire');
  await page.unroute('**/graphql');
  const first = await page.context().cookies();
  await page.context().clearCookies();
  await site.signIn(page, people.nardo);
  await visitPage(page, `/conversations/${talk}`);
  assert.equal(await page.inputValue(`${TALK} textarea`), '');
  assert.equal(await page.locator('.bubble.failed').count(), 0);

  // The first finds it again.
  await page.context().clearCookies();
  await page.context().addCookies(first);
  await visitPage(page, `/conversations/${talk}`);
  assert.equal(await page.inputValue(`${TALK} textarea`), 'Ancora da finire');
  await page.locator('.bubble', { hasText: 'Non è partito' }).waitFor();
  page.wrongs.splice(0); // Chromium itself reports the request that was cut.
  await page.context().close();
});
