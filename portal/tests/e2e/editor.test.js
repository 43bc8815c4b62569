import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const saved = (page) => page.waitForSelector('[data-state=saved]');
const open = async (page, part) => {
  const folded = page.locator('.part-menu > summary');
  if (await folded.isVisible()) await folded.click();
  await page.click(`.part-list a[href="?section=${part}"]`);
  await page.waitForSelector(`.part-list a[href="?section=${part}"][aria-current=page]`, { state: 'attached' });
  await settled(page);
};

/** Begins a practice and gives the end of its address. */
async function begin(page, title) {
  await visitPage(page, '/our-practices?new=1');
  await page.fill('#title', title);
  await page.selectOption('#field', { index: 1 });
  await page.click('main form button[type=submit]');
  await page.waitForURL(/our-practices\/[^?]/);
  await page.waitForSelector('#section-title');
  return new URL(page.url()).pathname.split('/').at(-1);
}

/** What the hub has, asked beside the page. */
async function stored(page, slug, fields = 'title context { source } method { source }') {
  const data = { query: `query($s: String!) { practice(by: { slug: $s }) { ${fields} } }`, variables: { s: slug } };
  return (await (await page.context().request.post('/graphql', { data })).json()).data.practice;
}

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
    for (const part of ['story', 'honest', 'elements', 'contacts', 'sources', 'lineage']) {
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

test('two write one practice at once: fields merge, one field asks, nothing is lost', async () => {
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
