// A need as others read it, those who have what is looked for among them; and addresses that name no need.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { Life } from './life.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

for (const [width, language, title] of [[360, 'it', '«Cerco» non trovato'], [1280, 'en', 'Need not found']]) {
  test(`what is no id at all is not found, in the reader’s words (${width} px, ${language})`, async () => {
    const page = await site.visit({ width, language, as: 'nardo' });
    for (const address of ['/needs/abc', '/needs/%C3%A8%20%2F', `/needs/${'x'.repeat(3000)}`]) {
      await visitPage(page, address);
      await page.locator('h1', { hasText: title }).waitFor();
      assert.equal(await page.locator('main .alert-danger').count(), 0);
      await page.waitForSelector('main a[href="/needs"].btn');
    }
    await check(page, 'no id of a need');
    await visitPage(page, '/conversations/abc');
    await page.locator('h1', { hasText: language === 'it' ? 'Conversazione non trovata' : 'Conversation not found' }).waitFor();
    await page.waitForSelector('main a[href="/conversations"].btn');
    await check(page, 'no id of a conversation');
    await visitPage(page, '/conversations/new?to=bitonto&need=abc');
    await page.waitForSelector('#body');
    await page.context().close();
  });
}

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`who has what another looks for is told so, and is not asked to ask itself (${width} px, ${language})`, async () => {
    const life = new Life(site);
    const both = `insieme-${language}@example.invalid`;
    for (const [slug, token] of [['bitonto', life.bitonto], ['ambito-nardo', life.nardo]]) {
      const { territory } = await life.hub.ask('query($slug: String!) { territory(by: { slug: $slug }) { id } }', { slug }, token);
      await life.hub.ask('mutation($input: InviteMemberInput!) { inviteMember(input: $input) { userErrors { message } } }',
        { input: { territory: territory.id, email: both, name: 'Persona di due territori', role: 'MEMBER' } }, token);
    }
    const { us } = await life.hub.ask('{ us: territory(by: { slug: "ambito-nardo" }) { id } }', {}, life.nardo);
    const { postNeed } = await life.hub.ask('mutation($input: PostNeedInput!) { postNeed(input: $input) { need { id } userErrors { message } } }',
      { input: { territory: us.id, text: 'Laboratori per i ragazzi nelle frazioni e animazione nelle piazze.', field: 'SOCIO_EDU', targets: ['MINORS', 'YOUTH'] } }, life.nardo);
    const address = `/needs/${encodeURIComponent(postNeed.need.id)}`;

    const owner = await site.visit({ as: 'bitonto', width, language });
    await visitPage(owner, address);
    await owner.locator('section[aria-labelledby=answers] li', { hasText: language === 'it' ? 'la vostra pratica' : 'your practice' }).first().waitFor();
    assert.equal(await owner.locator('main a[href^="/requests/new"]').count(), 0);
    await owner.waitForSelector('main a[href^="/conversations/new?to=ambito-nardo"]');
    await check(owner, 'one’s own practice answers');
    await owner.context().close();

    // A person of both: neither offers help to itself nor asks itself for it.
    const person = await site.visit({ as: both, width, language });
    await visitPage(person, address);
    await person.waitForSelector('.matches');
    await settled(person);
    assert.equal(await person.locator('main a[href^="/conversations/new"]').count(), 0);
    const own = person.locator('.match', { has: person.locator('.owner a[href="/territories/bitonto"]') });
    assert.ok((await own.count()) > 0);
    assert.equal(await own.locator('a[href^="/requests/new"]').count(), 0);
    await check(person, 'a need of one territory, a practice of the other');
    await visitPage(person, '/needs');
    assert.ok((await person.locator('main .rows .who .badge').count()) > 0, 'one’s own are marked');
    await visitPage(person, '/practices/incontra-bitonto');
    assert.equal(await person.locator('.help a[href^="/requests/new"]').count(), 0);
    await person.context().close();
  });
}
