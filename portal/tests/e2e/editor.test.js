import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { begin, open, saved, stored } from './editing.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`a practice is written section by section (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'bitonto', width, language });
    await visitPage(page, '/our-practices');
    await check(page, 'our practices');
    await page.click('.page-actions a');
    await settled(page);
    await page.click('main form button[type=submit]');
    await page.waitForSelector('#field-error');
    await check(page, 'a new practice, refused');
    const slug = await begin(page, `Prova di scrittura ${width}`);
    await page.fill('#abstract', 'Uno sportello che gira per le frazioni.');
    await page.check('#targets-MINORS');
    await page.click('#places-add');
    await page.keyboard.type('Palombaio');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Mariotto');
    await page.click('#places-row-1 [data-move=up]');
    await saved(page);
    await check(page, 'basics');
    await open(page, 'facts');
    await page.fill('#budgetEur', language === 'it' ? '62.000' : '62,000');
    await page.fill('#staffFte', 'due');
    await page.waitForSelector('#staffFte-error');
    await page.waitForSelector('[data-state=held]');
    await check(page, 'facts, a number that is none');
    await page.fill('#staffFte', language === 'it' ? '1,5' : '1.5');
    await saved(page);
    await open(page, 'indicators');
    await page.click('#indicator-add');
    await page.fill('#indicator-0-name', 'Persone seguite');
    await page.fill('#indicator-0-unit', 'persone');
    await page.fill('#indicator-0-value', '120');
    await saved(page);
    await check(page, 'indicators');
    await open(page, 'partners');
    await page.click('#partner-add');
    await page.keyboard.type('Parrocchia del centro');
    await page.selectOption('select.narrow', 'PARISH');
    await saved(page);
    await check(page, 'partners');
    await open(page, 'support');
    await page.check('#supportOpen');
    await page.waitForSelector('#supportLevels-error');
    await check(page, 'support, refused');
    await page.check('#level-DOCUMENTS');
    await saved(page);
    for (const part of width < 600 ? ['story', 'elements', 'contacts'] : ['honest', 'sources', 'lineage']) {
      await open(page, part);
      await check(page, part);
    }
    const has = await stored(page, slug, 'abstract places budgetEur staffFte indicators { code value } partners { kind } supportOffer { isOpen } targets { code }');
    assert.deepEqual(has, {
      abstract: 'Uno sportello che gira per le frazioni.', places: ['Mariotto', 'Palombaio'], budgetEur: 62000, staffFte: 1.5,
      indicators: [{ code: 'persone_seguite', value: 120 }], partners: [{ kind: 'PARISH' }], supportOffer: { isOpen: true }, targets: [{ code: 'MINORS' }],
    });
    await page.context().close();
  });
}

test('the kit is filled, put in order and emptied by keys alone', async () => {
  const page = await site.visit({ as: 'worker' });
  await begin(page, 'Prova del kit');
  await open(page, 'kit');
  for (const [title, way] of [['Delibera di avvio', 'link'], ['Lettera di presentazione', 'text']]) {
    await page.click('#add-DECIDE');
    await page.fill('#kit-title', title);
    await page.selectOption('#kit-kind', 'RESOLUTION');
    await page.check(`#kit-form-${way}`);
    if (way === 'link') {
      await page.fill('#kit-link', 'niente');
      await page.click('.kit-form [type=submit]');
      await page.waitForSelector('#kit-link-error');
      await check(page, 'a link that is none');
      await page.fill('#kit-link', 'https://example.invalid/delibera.pdf');
    } else {
      await page.fill('#kit-text', 'Gentili colleghi');
    }
    await page.click('.kit-form [type=submit]');
    await page.waitForSelector('.kit-form', { state: 'detached' });
  }
  await check(page, 'kit');
  const titles = () => page.locator('li[id^=kit-] .grow').allInnerTexts();
  await page.focus('li[id^=kit-]:nth-child(2) [data-move=up]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('li[id^=kit-] .grow').innerText.startsWith('Lettera'));
  await page.waitForFunction(() => document.activeElement?.matches('li:first-child [data-move=down]'));
  await page.focus('li[id^=kit-]:nth-child(1) [data-remove]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await check(page, 'removing');
  await page.click('dialog[open] .btn-danger');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  await page.waitForFunction(() => document.querySelectorAll('li[id^=kit-]').length === 1);
  assert.match((await titles())[0], /^Delibera/);
  await page.context().close();
});

test('a public practice warns of personal data, which one corrects or confirms', async () => {
  const page = await site.visit({ as: 'bitonto' });
  const { nodes } = (await (await page.context().request.post('/graphql', {
    data: { query: '{ practices(first: 50) { nodes { slug viewerActions objectives { source } method { source } } } }' },
  })).json()).data.practices;
  const { slug } = nodes.find((one) => one.viewerActions.includes('UPDATE_PRACTICE') && (one.objectives || one.method));
  await visitPage(page, `/our-practices/${slug}?section=honest`);
  await page.fill('#obstacles', 'La signora risponde al 333 1234567.');
  await page.waitForSelector('#obstacles-error');
  await page.waitForSelector('[data-state=held]');
  await check(page, 'personal data');
  await page.fill('#improvements', 'Partire prima.');
  await page.waitForFunction(() => document.querySelector('#improvements').value);
  await page.click('.beside button');
  await saved(page);
  const has = await stored(page, slug, 'obstacles { source } improvements { source }');
  assert.deepEqual(has, { obstacles: { source: 'La signora risponde al 333 1234567.' }, improvements: { source: 'Partire prima.' } });
  await page.context().close();
});

test('a file goes into the kit: how far it is, cut on the way, tried again, downloaded', async () => {
  const page = await site.visit({ as: 'bitonto', width: 360 });
  await begin(page, 'Kit con un file');
  await open(page, 'kit');
  await page.click('#add-RUN');
  await page.fill('#kit-title', 'Scheda di lavoro');
  await page.selectOption('#kit-kind', 'FORM');
  await page.click('.kit-form [type=submit]');
  await page.waitForSelector('#kit-document-error');
  await check(page, 'no file chosen');
  const lines = Buffer.from('colonna;valore\n'.repeat(400_000));
  await page.setInputFiles('#kit-document', { name: 'scheda.csv', mimeType: 'text/csv', buffer: lines });
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const speed = (bytes) => network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
  await speed(400_000);
  await page.click('.kit-form [type=submit]');
  await page.waitForFunction(() => document.querySelector('progress')?.value > 0);
  await check(page, 'on its way');
  await site.hub.stop('SIGKILL');
  await page.waitForSelector('.kit-form .alert-warning');
  page.wrongs.splice(0);
  await check(page, 'cut on the way');
  await site.hub.serve();
  await speed(-1);
  await page.click('.kit-form .alert-warning button');
  await page.waitForSelector('.kit-form', { state: 'detached' });
  const link = page.locator('li[id^=kit-] a[download]');
  const download = page.waitForEvent('download');
  await link.click();
  assert.equal((await download).suggestedFilename(), 'scheda.csv');
  page.wrongs.splice(0);
  await check(page, 'a kit with a file');
  await page.context().close();
});
