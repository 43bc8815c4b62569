// Describing a need in words, without signing in: what answers it and why, and the way from there to asking for help.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people, settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { tabTo } from './hands.js';
import { Life } from './life.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

const WORDS = 'Molti anziani vivono soli in paesi lontani dal distretto: vorremmo portare la porta unica di accesso vicino a casa.';
const search = (page) => new URL(page.url()).searchParams;
const find = async (page) => {
  await page.click('.wish button[type=submit]');
  await page.waitForSelector('.matches');
  await settled(page);
};

/** Signs in by the form that the page has led to. */
async function signIn(page, email) {
  await page.waitForSelector('#email');
  await page.fill('#email', email);
  await page.click('main button[type=submit]');
  await page.waitForSelector('#code');
  await page.fill('#code', await site.code(email));
  await page.click('main button[type=submit]');
}

for (const [width, language] of [[360, 'it'], [1280, 'en']]) {
  test(`who can help is found without signing in, each with its reasons (${width} px, ${language})`, async () => {
    const page = await site.visit({ width, language });
    await visitPage(page, '/');
    await page.click('.hero a[href="/find"]');
    await page.waitForSelector('#text');
    await settled(page);
    await check(page, 'nothing described yet');
    await page.click('.wish button[type=submit]');
    await page.waitForSelector('#text-error');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
    await check(page, 'nothing to look for');

    await page.fill('#text', WORDS);
    for (const summary of await page.$$('.step > summary')) await summary.click();
    await page.check('#targets-OLDER_PEOPLE');
    await page.fill('#budget', 'poco');
    await page.click('.wish button[type=submit]');
    await page.waitForSelector('#budget-error');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'budget');
    await page.fill('#budget', '60000');
    await page.selectOption('#for', 'ambito-nardo');
    await check(page, 'all steps unfolded');
    await find(page);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'answers');
    assert.deepEqual(['target', 'budget', 'for', 'text'].map((name) => search(page).get(name)), ['OLDER_PEOPLE', '60000', 'ambito-nardo', null]);
    const scores = await page.$$eval('.score strong', (all) => all.map((one) => Number(one.textContent)));
    assert.ok(scores.length > 1 && scores.every((score) => score > 0 && score <= 100));
    const name = await page.getAttribute('.matches svg[role=img]', 'aria-label');
    assert.equal(name.split(';').length, 13);
    assert.match(name, language === 'it' ? /non noto/ : /not known/);
    for (const summary of await page.$$('.matches > li:first-child details summary')) await summary.click();
    assert.equal(await page.$$eval('.matches > li:first-child tbody tr', (all) => all.length), 13);
    await check(page, 'matches');

    const shown = await page.$$eval('.matches > li', (all) => all.length);
    await page.locator('.answers > div > p > button').click();
    await page.waitForFunction((count) => document.querySelectorAll('.matches > li').length > count, shown);
    await page.waitForFunction((count) => document.activeElement === document.querySelector(`.matches > li:nth-child(${count + 1}) a`), shown);
    await page.fill('#text', 'Altro');
    await page.locator('.answers [role=status]', { hasText: /cerc|search/i }).waitFor();
    await check(page, 'more of them, to an older description');
    await page.context().close();
  });
}

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`what is too long or no number is said beside its field before it is sent, and nothing is lost (${width} px, ${language})`, async () => {
    const page = await site.visit({ width, language });
    const asked = [];
    page.on('request', (request) => { if (/query MatchNeed/.test(request.postData() ?? '')) asked.push(request.url()); });
    await visitPage(page, '/find');
    const near = WORDS.repeat(20).slice(0, 1_600);
    await page.fill('#text', near);
    assert.match(await page.textContent('#text-length'), language === 'it' ? /1\.600 di 2\.000/ : /1,600 of 2,000/);
    assert.equal(await page.locator('#text-error').count(), 0);
    const long = WORDS.repeat(20).slice(0, 2_100);
    await page.fill('#text', long);
    await page.waitForSelector('#text-error');
    await page.click('.wish button[type=submit]');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
    await check(page, 'words too long');
    await page.reload();
    await settled(page);
    assert.equal(await page.inputValue('#text'), long);
    await page.fill('#text', WORDS);
    assert.equal(await page.locator('#text-length').count(), 0);

    await page.click('.step:nth-of-type(2) > summary, .step:nth-of-type(1) ~ .step > summary >> nth=0');
    await page.locator('fieldset', { has: page.locator('#tools-PUA, [id^=tools-]') }).locator('.text-button').click();
    const tools = page.locator('[id^=tools-]');
    for (let at = 0; at < 21; at++) await tools.nth(at).check();
    for (const summary of await page.$$('.step:not([open]) > summary')) await summary.click();
    await page.fill('#budget', '99999999999');
    await page.fill('#staff', 'due');
    await page.fill('#months', '1,5');
    await page.click('.wish button[type=submit]');
    await page.waitForSelector('#staff-error');
    assert.match(await page.evaluate(() => document.activeElement.id), /^tools-/, 'the focus is on the first that is wrong');
    for (const name of ['staff', 'months']) assert.doesNotMatch(await page.textContent(`#${name}-error`), /60[.,]000|euro/);
    assert.match(await page.textContent('#budget-error'), /euro/);
    for (const name of ['staff', 'months']) assert.doesNotMatch(await page.textContent(`#${name}-hint`), /60[.,]000|euro/);
    await check(page, 'too many ticks, no numbers');
    assert.deepEqual(asked, [], 'nothing was sent');
    await tools.nth(20).uncheck();
    await page.fill('#budget', '60000');
    await page.fill('#staff', language === 'it' ? '0,5' : '0.5');
    await page.fill('#months', '6');
    await find(page);
    await page.context().close();
  });

  test(`each step is read out with its number once (${width} px, ${language})`, async () => {
    const page = await site.visit({ width, language });
    await visitPage(page, '/find');
    const tree = await page.locator('.wish').ariaSnapshot();
    for (const step of [1, 2, 3]) assert.equal(tree.match(new RegExp(`heading "${step}\\. `, 'g'))?.length, 1, tree);
    assert.doesNotMatch(tree, /([123]) \1\. /);
    await page.context().close();
  });
}

test('long words go to the page of needs whole, with an address that stays short; short ones can be sent on', async () => {
  const life = new Life(site);
  const long = WORDS.repeat(20).slice(0, 1_900);
  const { us } = await life.hub.ask('{ us: territory(by: { slug: "ambito-nardo" }) { id } }', {}, life.nardo);
  const { postNeed } = await life.hub.ask('mutation($input: PostNeedInput!) { postNeed(input: $input) { need { id } userErrors { message } } }',
    { input: { territory: us.id, text: long } }, life.nardo);
  const page = await site.visit({ width: 360 });
  await visitPage(page, `/needs/${encodeURIComponent(postNeed.need.id)}`);
  const href = await page.getAttribute('main a[href^="/find?"]', 'href');
  assert.ok(href.length < 1_000, href);
  await page.click('main a[href^="/find?"]');
  await page.waitForSelector('#text');
  await settled(page);
  assert.equal(await page.inputValue('#text'), long);
  assert.equal(search(page).get('text'), null);
  await check(page, 'long words carried along');
  // Opened elsewhere, the same address has their beginning.
  const other = await site.visit();
  await visitPage(other, href);
  const begun = await other.inputValue('#text');
  assert.ok(begun.length > 200 && long.startsWith(begun.slice(0, -1)), begun);
  await other.context().close();
  await visitPage(page, '/practices?q=xyzzy');
  assert.match(await page.getAttribute('main a[href^="/find?"]', 'href'), /text=xyzzy/);
  await page.context().close();
});

test('terms and territories that are not there, or no longer, are as good as none', async () => {
  const page = await site.visit();
  await visitPage(page, '/find?for=nowhere&target=NOPE&field=NOPE&text=anziani&find=1');
  await page.waitForSelector('.matches');
  await settled(page);
  assert.equal(await page.locator('main .alert-danger').count(), 0);
  assert.equal(await page.inputValue('#for'), '');
  await check(page, 'unknown terms in the address');
  await page.context().close();
});

test('what fits badly is no reason', async () => {
  const page = await site.visit();
  await visitPage(page, '/find?budget=20000&staff=0,5&months=3');
  await page.fill('#text', 'Anziani soli nelle frazioni: trasporto alle visite');
  await find(page);
  const reasons = await page.$$eval('.why section:has(.icon-success) li', (all) => all.map((one) => one.textContent));
  const cautions = await page.$$eval('.why section:has(.icon-warning) li', (all) => all.map((one) => one.textContent));
  assert.ok(reasons.length > 0 && cautions.length > 0);
  const cost = (line) => /Costo ([\d.]+) €/.exec(line)?.[1].replaceAll('.', '');
  assert.ok(reasons.every((line) => !cost(line) || Number(cost(line)) <= 40_000), reasons.join('\n'));
  assert.ok(cautions.some((line) => Number(cost(line)) > 40_000), cautions.join('\n'));
  assert.equal(await page.locator('.matches details[open]').count(), 0, 'what nobody knows is folded');
  await page.context().close();
});

test('what was described is still there after a reload and after reading a practice', async () => {
  const page = await site.visit();
  await visitPage(page, '/find?target=OLDER_PEOPLE');
  await page.fill('#text', WORDS);
  await find(page);
  const first = await page.textContent('.matches h3');
  await page.reload();
  await settled(page);
  assert.equal(await page.inputValue('#text'), WORDS);
  assert.ok(await page.isChecked('#targets-OLDER_PEOPLE'));
  assert.equal(await page.textContent('.matches h3'), first);
  await page.click('.matches h3 a');
  await page.waitForSelector('#help');
  await page.goBack();
  await page.waitForSelector('.matches');
  assert.equal(await page.inputValue('#text'), WORDS);
  await page.click('.wish button[type=button].btn-outline-primary');
  await page.waitForSelector('.matches', { state: 'detached' });
  assert.equal(await page.inputValue('#text'), '');
  assert.equal(search(page).size, 0);
  await page.context().close();
});

test('one asks for help and signs in only then: the words are in the request', async () => {
  const page = await site.visit();
  await visitPage(page, '/find?tool=PUA');
  await page.fill('#text', WORDS);
  await find(page);
  await page.click('.matches > li:first-child .btn-primary');
  await signIn(page, people.nardo);
  await page.waitForURL('**/requests/new?*');
  await page.waitForSelector('#need');
  assert.equal(await page.inputValue('#need'), WORDS);
  await settled(page);
  await check(page, 'the request with the words');
  await page.locator('[id^=level-]').first().check();
  await page.click('main button[type=submit]');
  await page.waitForURL('**/requests/REQ-*');
  await page.locator('main', { hasText: WORDS }).waitFor();
  await page.context().close();
});

test('one saves it as a need and signs in only then: nothing is lost', async () => {
  const page = await site.visit({ width: 360 });
  await visitPage(page, '/find?target=OLDER_PEOPLE&budget=45000');
  await page.fill('#text', WORDS);
  await find(page);
  await page.click('#save ~ .buttons a');
  await signIn(page, people.worker);
  await page.waitForURL('**/find?*');
  await page.waitForSelector('.matches');
  await settled(page);
  assert.equal(await page.inputValue('#text'), WORDS);
  assert.equal(await page.inputValue('#budget'), '45000');
  await check(page, 'signed in, everything still there');
  await page.fill('#text', 'Altro');
  await page.waitForSelector('#save ~ .buttons', { state: 'detached' });
  await page.fill('#text', WORDS);
  await page.click('#save ~ .buttons button');
  await page.waitForURL('**/needs/*');
  await page.waitForSelector('.alert-success');
  await settled(page);
  assert.equal(await page.textContent('.words'), WORDS);
  await check(page, 'the need saved');
  await page.context().close();
});

test('what is typed after one has signed in is nobody else’s', async () => {
  const page = await site.visit();
  await visitPage(page, '/find');
  await page.fill('#text', 'Scritto da nessuno in particolare');
  await visitPage(page, '/sign-in');
  await signIn(page, people.facilitator);
  await page.waitForURL('**/tasks');
  await visitPage(page, '/find');
  await page.waitForSelector('#text');
  assert.equal(await page.inputValue('#text'), '', 'only who came from that page takes it along');
  await page.fill('#text', WORDS);
  await find(page);
  assert.equal(await page.locator('.matches .btn-primary').count(), 0, 'who belongs to no territory asks for nothing');
  assert.equal(await page.locator('#save').count(), 0);
  await check(page, 'for who runs the network');
  await page.context().close();
});

test('by the keyboard alone: need, match, request', async () => {
  const page = await site.visit({ as: 'nardo' });
  await visitPage(page, '/find');
  await tabTo(page, '#text');
  await page.keyboard.type('Educativa di strada per i ragazzi delle frazioni');
  await tabTo(page, '.wish button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.matches');
  await settled(page);
  await tabTo(page, '.matches .btn-primary');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#need');
  await tabTo(page, '#need');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(': ci interessa come cominciare.');
  await tabTo(page, '[id^=level-]');
  await page.keyboard.press('Space');
  await tabTo(page, 'main button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/requests/REQ-*');
  await page.locator('main', { hasText: 'Educativa di strada per i ragazzi delle frazioni: ci interessa come cominciare.' }).waitFor();
  await page.context().close();
});
