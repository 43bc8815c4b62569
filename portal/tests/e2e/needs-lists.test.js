// Long lists of needs: page by page, none of them cut.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { Life } from './life.js';

const [OPEN, CLOSED] = [48, 55];
let site;
let broad;
before(async () => {
  site = await Site.open();
  const life = new Life(site);
  const { us } = await life.hub.ask('{ us: territory(by: { slug: "ambito-nardo" }) { id } }', {}, life.nardo);
  const post = async (input) => (await life.hub.ask(
    'mutation($input: PostNeedInput!) { postNeed(input: $input) { need { id } userErrors { message } } }', { input: { territory: us.id, ...input } }, life.nardo)).postNeed.need.id;
  for (let n = 1; n <= CLOSED; n++) {
    const need = await post({ text: `Chiuso numero ${n}` });
    await life.hub.ask('mutation($input: CloseNeedInput!) { closeNeed(input: $input) { userErrors { message } } }',
      { input: { need, reason: 'NO_LONGER_NEEDED', note: '' } }, life.nardo);
  }
  // One that many answer, and many that Bitonto's practices answer.
  for (let n = 1; n < OPEN; n++) await post({ text: `Laboratori per i ragazzi delle frazioni ${n}`, field: 'SOCIO_EDU', targets: ['MINORS', 'YOUTH'] });
  broad = await post({ targets: ['MINORS', 'FAMILIES', 'OLDER_PEOPLE', 'DISABILITY', 'YOUTH', 'COMMUNITY'] });
});
after(() => site?.close());

/** Goes on to the end of a list, and gives how many rows there are. */
async function toTheEnd(page, list) {
  const rows = page.locator(`#${list} > li`);
  const more = page.locator(`#${list} + .buttons button`);
  while (await more.count()) {
    const before = await rows.count();
    await more.click();
    await page.waitForFunction(([list, count]) => document.querySelectorAll(`#${list} > li`).length > count, [list, before]);
    assert.equal(await page.evaluate(() => [...document.activeElement.parentElement.children].indexOf(document.activeElement)), before, 'the focus is on the first new row');
    await settled(page);
  }
  return rows.count();
}

for (const [width, language] of [[360, 'it'], [1280, 'en']]) {
  test(`our needs are all there, open and closed (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'nardo', width, language });
    await visitPage(page, '/our-needs');
    const said = async (at) => Number(/\d+/.exec(await page.locator('main h2').nth(at).textContent())[0]);
    assert.equal(await toTheEnd(page, 'own-OPEN'), await said(0));
    assert.equal(await toTheEnd(page, 'own-CLOSED'), await said(1));
    assert.ok((await said(0)) >= OPEN && (await said(1)) >= CLOSED);
    await check(page, 'all of ours');
    await page.context().close();
  });

  test(`all that one can answer are there (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'bitonto', width, language });
    await visitPage(page, '/needs?list=answers');
    assert.match(await page.textContent('main h2[aria-live]'), language === 'it' ? /^I primi / : /^The first /);
    assert.ok((await toTheEnd(page, 'can-help')) >= OPEN - 1);
    await check(page, 'all that we can answer');
    await page.context().close();
  });

  test(`all that was found for a need is there (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'nardo', width, language });
    await visitPage(page, `/needs/${encodeURIComponent(broad)}`);
    await page.waitForSelector('#standing');
    assert.ok((await toTheEnd(page, 'standing')) > 10);
    await check(page, 'all that was found');
    await page.context().close();
  });
}
