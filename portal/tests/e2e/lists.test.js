// Long lists: page by page, and what was shown stays when something happens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { Life } from './life.js';

const MANY = 55;
let site;
let life;
let talks;
before(async () => {
  site = await Site.open();
  life = new Life(site);
  const { us, them } = await life.hub.ask('{ us: territory(by: { slug: "bitonto" }) { id } them: territory(by: { slug: "ambito-nardo" }) { id } }');
  talks = [];
  for (let n = 1; n <= MANY; n++) {
    const input = { from: us.id, to: them.id, subject: `Oggetto ${n}`, body: 'Buongiorno' };
    const { startConversation } = await life.hub.ask(
      'mutation($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } userErrors { message } } }', { input }, life.bitonto);
    talks.push(startConversation.conversation.id);
  }
});
after(() => site?.close());

for (const [path, list, first, width, language] of [['/tasks', '#waiting-tasks', 50, 360, 'it'], ['/conversations', '#conversations', 30, 1280, 'en']]) {
  test(`${path} goes on where its page ends, and stays as long when a message comes (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'nardo', width, language });
    await visitPage(page, path);
    const rows = page.locator(`${list} > li`);
    const are = (count) => page.waitForFunction(([list, count]) => document.querySelectorAll(`${list} > li`).length === count, [list, count]);
    await are(first);
    await page.locator(`${list} ~ .buttons button, section:has(${list}) ~ .buttons button`).click();
    await are(MANY);
    assert.equal(await page.evaluate((at) => [...document.activeElement.parentElement.children].indexOf(document.activeElement) === at, first), true, 'the focus is on the first new row');
    assert.equal(await page.locator('main .buttons button').count(), 0);
    await check(page, 'all of them');
    const asked = page.waitForResponse((answer) => /query (Tasks|ConversationList)\b.*"after":"/s.test(answer.request().postData() ?? ''));
    await life.post(talks[3], life.bitonto, 'Ci siete?');
    await asked;
    await page.waitForFunction(() => !document.querySelector('main [aria-busy="true"]'));
    assert.equal(await rows.count(), MANY);
    await page.context().close();
  });
}
