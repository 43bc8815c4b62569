import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

for (const [as, width, language] of [[undefined, 360, 'it'], ['nardo', 1280, 'it'], ['bitonto', 360, 'en'], ['steward', 1280, 'en']]) {
  test(`a practice and what ${as ?? 'nobody'} may do with it (${width} px, ${language})`, async () => {
    const page = await site.visit({ as, width, language });
    await visitPage(page, '/practices/incontra-bitonto');
    await page.waitForSelector('.tree, .relations');
    await page.waitForSelector('#similar');
    await check(page, 'a real practice');
    assert.ok(!(await page.$$eval('#similar ~ .cards a', (all) => all.map((one) => one.getAttribute('href')))).includes('/practices/incontra-bitonto'));
    const links = await page.$$eval('.help a', (all) => all.map((one) => one.getAttribute('href')));
    const ask = '/requests/new?practice=incontra-bitonto';
    if (as === 'nardo') assert.deepEqual(links, [ask, `${ask}&level=DOCUMENTS`]);
    if (as === 'bitonto') assert.deepEqual(links, ['/our-practices/incontra-bitonto']);
    if (as === 'steward') assert.ok(!links.some((link) => link.startsWith('/requests')));
    if (!as) {
      assert.deepEqual(links, ['/sign-in?to=/practices/incontra-bitonto']);
      assert.match(await page.textContent('.honest'), /Non raccontato/);
    }
    await page.context().close();
  });
}

test('an illustrative practice says so, and shows kit, measures and lineage', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices/emporio-solidale-trani');
  await page.waitForSelector('.tree');
  assert.ok(await page.isVisible('main .badge-demo'));
  assert.ok((await page.$$('.tree path.dashed')).length > 0, 'what is not confirmed is dashed');
  for (const summary of await page.$$('main details summary')) await summary.click();
  await check(page, 'everything unfolded');
  const before = await page.$$eval('.charts li', (all) => all.length);
  assert.equal(await page.$$eval('.table tbody tr', (all) => all.length), before);
  await page.click('.tree a:first-of-type');
  await page.waitForURL((url) => !url.pathname.endsWith('emporio-solidale-trani'));
  await settled(page);
  await page.context().close();
});

test('a practice is printed as a clean sheet', async () => {
  const page = await site.visit();
  await visitPage(page, '/practices/emporio-solidale-trani');
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['header', 'footer', '.breadcrumb-container', '.page-actions', '.help .actions', '.index']) {
    assert.ok(!(await page.isVisible(hidden)), hidden);
  }
  assert.ok(await page.isVisible('.print-only'));
  assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
  await page.context().close();
});

test('a practice that is not there helps on', async () => {
  const page = await site.visit({ width: 360 });
  await visitPage(page, '/practices/no-such-practice');
  await check(page, 'no such practice');
  assert.match(await page.textContent('h1'), /non trovata/);
  assert.ok(await page.isVisible('main a[href="/practices"].btn'));
  await page.context().close();
});

test('an uploaded document of the kit can be downloaded', async () => {
  const owner = await site.visit({ as: 'bitonto' });
  const { request } = owner.context();
  const ask = async (query, variables) => (await (await request.post('/graphql', { data: { query, variables } })).json()).data;
  const { practice } = await ask('{ practice(by: { slug: "incontra-bitonto" }) { id } }');
  const address = `/documents?practice=${encodeURIComponent(practice.id)}&name=verbale.txt`;
  const headers = { 'content-type': 'application/octet-stream' };
  const { document } = await (await request.post(address, { headers, data: Buffer.from('Verbale. '.repeat(400)) })).json();
  const { addKitItem } = await ask(
    'mutation($input: AddKitItemInput!) { addKitItem(input: $input) { userErrors { message } } }',
    { input: { practice: practice.id, kind: 'OTHER', phase: 'DECIDE', title: 'Verbale dell’assemblea', document: document.id } },
  );
  assert.deepEqual(addKitItem.userErrors, []);
  await owner.context().close();

  const page = await site.visit({ width: 360 });
  await visitPage(page, '/practices/incontra-bitonto');
  await check(page, 'a kit with a document');
  const link = page.locator('#kit ~ .phases a[download]');
  assert.match(await link.locator('..').textContent(), /verbale\.txt.*4 kB/);
  const answer = await page.context().request.get(await link.getAttribute('href'));
  assert.equal((await answer.body()).length, 3600);
  await page.context().close();
});
