// What territories look for: the board, one need and its life, who can answer it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { tabTo } from './hands.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const search = (page) => new URL(page.url()).searchParams;
const counted = async (page) => Number.parseInt(await page.textContent('main h2[aria-live]'), 10);

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`everybody reads who looks for what (${width} px, ${language})`, async () => {
    const page = await site.visit({ width, language });
    await visitPage(page, '/needs');
    await check(page, 'the board');
    const all = await counted(page);
    assert.ok(all > 1);
    await page.selectOption('#target', 'OLDER_PEOPLE');
    await page.waitForFunction(() => location.search.includes('target='));
    await settled(page);
    const some = await counted(page);
    assert.ok(some > 0 && some < all);
    await page.reload();
    await settled(page);
    assert.equal(await counted(page), some);
    await page.selectOption('#target', 'DETAINEES');
    await page.selectOption('#province', 'BR');
    await page.waitForSelector('.empty');
    assert.match(await page.textContent('main'), language === 'it' ? /Chi può aiutare/ : /Who can help/);
    await check(page, 'nobody looks for that');
    await page.click('.empty button');
    await page.waitForSelector('main .rows');
    assert.equal(search(page).size, 0);

    await page.click('main .rows h3 a');
    await page.waitForSelector('.facts');
    await settled(page);
    await check(page, 'a need, for everybody');
    assert.ok(await page.isVisible('main .badge-demo'));
    assert.match(await page.getAttribute('main .btn-primary', 'href'), /^\/sign-in\?to=%2Fneeds%2F/);
    // Only its own people are spoken to as those who look.
    await page.waitForSelector('section[aria-labelledby=answers] .rows a');
    assert.match(await page.textContent('#answers'), language === 'it' ? /Chi può aiutare (l’Ambito|il Comune) di / : /Who can help (Ambito|Comune) di /);
    assert.doesNotMatch(await page.textContent('section[aria-labelledby=answers]'), /\bvoi\b|vostr|\byour?\b/);
    assert.equal(await page.locator('.matches').count(), 0);
    await page.click('main a[href^="/find?"]');
    await page.waitForSelector('.matches');
    await settled(page);
    assert.ok((await page.inputValue('#text')).length > 0);
    await check(page, 'the same for oneself');
    await page.context().close();
  });
}

test('a need that is not there helps on', async () => {
  const page = await site.visit({ width: 360 });
  const { territory } = await site.hub.ask('{ territory(by: { slug: "bitonto" }) { id } }');
  await visitPage(page, `/needs/${encodeURIComponent(territory.id)}`);
  await page.waitForSelector('main a[href="/needs"].btn');
  await check(page, 'no such need');
  await page.context().close();
});

test('a need is posted, changed, watched and closed; its territory sees what answers it', async () => {
  const page = await site.visit({ as: 'nardo' });
  await visitPage(page, '/our-needs');
  await check(page, 'our needs');
  await page.click('.page-actions a');
  await page.waitForSelector('#text');
  await settled(page);
  await page.click('main button[type=submit]');
  await page.waitForSelector('#text-error');
  await check(page, 'nothing said');
  await page.fill('#text', 'Scrivere a Mario Rossi, RSSMRA80A01H501U, per i laboratori dei ragazzi.');
  await page.click('main button[type=submit]');
  await page.waitForSelector('.alert-warning input[type=checkbox]');
  await check(page, 'personal data suspected');
  // Who says that it is none says so of this text, not of the next one.
  await page.check('.alert-warning input[type=checkbox]');
  await page.fill('#text', 'Scrivere a Mario Rossi, RSSMRA80A01H501U, o telefonare.');
  await page.waitForSelector('.alert-warning input[type=checkbox]:not(:checked)');
  await page.fill('#text', 'Laboratori per i ragazzi delle frazioni, con le scuole.');
  await page.click('.step:nth-of-type(1) > summary');
  await page.check('#targets-MINORS');
  await page.click('main button[type=submit]');
  await page.waitForURL(/\/needs\/(?!new)/);
  await page.waitForSelector('.matches');
  await settled(page);
  assert.match(await page.textContent('[role=status].alert-success'), /pubblicato/);
  await check(page, 'posted');

  await page.click('#edit');
  await page.waitForSelector('#text');
  await settled(page);
  await page.fill('#text', 'Laboratori per i ragazzi delle frazioni, con le scuole e le parrocchie.');
  await check(page, 'being changed');
  await page.click('main form button[type=submit]');
  await page.locator('.words', { hasText: 'e le parrocchie' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'done');

  const before = await page.textContent('#watch');
  await page.click('#watch');
  await page.waitForFunction((text) => document.querySelector('#watch').textContent !== text, before);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'watch');

  await page.locator('main .buttons button', { hasText: 'Chiudi' }).click();
  await page.waitForSelector('dialog[open]');
  await page.check('#reason-OTHER');
  await page.click('dialog .btn-primary');
  await page.waitForSelector('#note-error');
  await check(page, 'closing without a reason');
  await page.fill('#note', 'a'.repeat(450));
  assert.match(await page.textContent('#note-length'), /450 di 500/);
  await page.fill('#note', 'a'.repeat(520));
  await page.locator('#note-error', { hasText: '500' }).waitFor();
  await page.click('dialog .btn-primary');
  await page.waitForFunction(() => document.activeElement.id === 'note');
  assert.equal((await page.inputValue('#note')).length, 520, 'nothing is cut');
  await check(page, 'a note too long');
  await page.fill('#note', 'Ne parliamo l’anno prossimo.');
  await page.click('dialog .btn-primary');
  await page.waitForSelector('main .badge-wait');
  await settled(page);
  await check(page, 'closed');
  assert.equal(await page.locator('#edit').count(), 0);
  await visitPage(page, '/our-needs');
  await page.locator('main .rows > li', { hasText: 'le scuole e le parrocchie' }).filter({ hasText: /Chius/ }).waitFor();
  await page.context().close();
});

test('two change the same need: nobody overwrites the other unseen, and nothing typed is lost', async () => {
  const [mine, other] = [await site.visit({ as: 'nardo' }), await site.visit({ as: 'nardo', width: 360 })];
  await visitPage(mine, '/our-needs/new');
  await mine.fill('#text', 'Trasporto per le visite.');
  await mine.click('main button[type=submit]');
  await mine.waitForSelector('#edit');
  const address = new URL(mine.url()).pathname;
  const open = async (page) => {
    await visitPage(page, address);
    await page.click('#edit');
    await page.waitForSelector('#text');
    await settled(page);
  };
  const change = async (page, text) => {
    await open(page);
    await page.fill('#text', text);
    await page.click('main form button[type=submit]');
    await page.locator('.words', { hasText: text }).waitFor();
  };
  await open(mine);
  await mine.fill('#text', 'Trasporto per le visite, scritto da me.');
  await change(other, 'Trasporto per le visite, scritto da altri.');
  await mine.click('main form button[type=submit]');
  await mine.waitForSelector('#theirs');
  await settled(mine);
  assert.equal(await mine.evaluate(() => document.activeElement.id), 'theirs');
  assert.match(await mine.textContent('main form'), /Non è salvato/);
  assert.match(await mine.textContent('.theirs'), /da altri/);
  assert.equal(await mine.inputValue('#text'), 'Trasporto per le visite, scritto da me.');
  await check(mine, 'changed by two');

  await open(mine);
  assert.match(await mine.textContent('.theirs'), /da altri/, 'what was kept began from an older one');
  assert.equal(await mine.inputValue('#text'), 'Trasporto per le visite, scritto da me.');
  await mine.click('main form button[type=submit]');
  await mine.locator('.words', { hasText: 'da me' }).waitFor();
  await change(other, 'Trasporto per tutti.');
  await mine.context().close();
  await other.context().close();
});

test('who knows what another looks for sees it and offers help; the talk is about it', async () => {
  const page = await site.visit({ as: 'bitonto', width: 360 });
  await visitPage(page, '/needs?list=answers');
  await page.waitForSelector('main .rows');
  await check(page, 'who looks for what we know');
  await page.locator('main .rows .btn', { hasText: 'Offri aiuto' }).first().click();
  await page.waitForSelector('#body');
  await settled(page);
  await check(page, 'offering help');
  assert.match(await page.inputValue('#subject'), /cercate/);
  await page.fill('#body', 'Noi l’abbiamo fatto in due frazioni: volentieri vi raccontiamo come.');
  await page.click('main button[type=submit]');
  await page.waitForURL('**/conversations/*');
  await page.locator('.bubble', { hasText: 'due frazioni' }).waitFor();
  await page.click('main a[href^="/needs/"]');
  await page.waitForSelector('.facts');
  await page.context().close();
});

test('by the keyboard alone: the menu, our needs, a new one', async () => {
  const page = await site.visit({ as: 'bitonto' });
  await visitPage(page, '/tasks');
  await tabTo(page, '#main-menu button[aria-expanded]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#main-menu a[href="/our-needs"]');
  await check(page, 'the menu unfolded');
  await page.keyboard.press('Escape');
  assert.ok(!(await page.isVisible('#main-menu a[href="/our-needs"]')));
  await page.keyboard.press('Enter');
  await tabTo(page, '#main-menu a[href="/our-needs"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/our-needs');
  await settled(page);
  assert.ok(!(await page.isVisible('#main-menu a[href="/people"]')), 'the menu folds');
  await tabTo(page, '.page-actions a');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#text');
  await tabTo(page, '#text');
  await page.keyboard.type('Un regolamento per la banca del tempo.');
  await tabTo(page, 'main button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/needs\//);
  await page.waitForSelector('.alert-success');
  await page.context().close();
});
