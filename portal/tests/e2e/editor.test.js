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

for (const [width, language] of [[1280, 'en'], [360, 'it']]) {
  test(`a draft is thrown away, with what was typed in it (${width} px, ${language})`, async () => {
    const page = await site.visit({ as: 'worker', width, language });
    const title = `Da buttare ${width}`;
    const slug = await begin(page, title);
    await page.click('#delete-draft');
    await page.waitForSelector('dialog[open]');
    await check(page, 'delete the draft?');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement.id === 'delete-draft');
    await page.fill('#abstract', 'Non serve più.');
    await page.click('#delete-draft');
    await page.click('dialog[open] .btn-danger');
    await page.waitForURL('**/our-practices?territory=*');
    await page.locator('.done-line', { hasText: title }).waitFor();
    await settled(page);
    await check(page, 'a draft deleted');
    assert.equal(await page.locator('main .rows a', { hasText: title }).count(), 0);
    assert.equal(await stored(page, slug), null);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => /^innesto\.draft\..*\.practice\./.test(key))), []);
    await page.context().close();
  });
}
