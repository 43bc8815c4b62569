import assert from 'node:assert/strict';
import { request as post } from 'node:http';
import { after, before, test } from 'node:test';
import { Site } from './browser.js';
import { check } from './checks.js';
import { begin, open } from './editing.js';
import { onEachEngine } from './engines.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

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

onEachEngine('a file goes into the kit: how far it is, cut on the way, tried again, downloaded', () => site, async (site) => {
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

test('with as many uploads under way as one may have, the page says to wait, and the file goes once one ends', async () => {
  const page = await site.visit({ as: 'worker', language: 'en' });
  const slug = await begin(page, 'Kit con molti file');
  const { practice } = (await (await page.context().request.post('/graphql', {
    data: { query: 'query($s: String!) { practice(by: { slug: $s }) { id } }', variables: { s: slug } },
  })).json()).data;
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const headers = { cookie, 'content-type': 'application/octet-stream', 'content-length': 100_000 };
  const address = `${site.base}/documents?practice=${encodeURIComponent(practice.id)}&name=lento.txt`;
  const slow = Array.from({ length: 4 }, () => {
    const one = post(address, { method: 'POST', headers, agent: false });
    one.on('error', () => {});
    one.write('Piano');
    return one;
  });
  await open(page, 'kit');
  await page.click('#add-RUN');
  await page.fill('#kit-title', 'Quinto file');
  await page.selectOption('#kit-kind', 'FORM');
  await page.setInputFiles('#kit-document', { name: 'quinto.txt', mimeType: 'text/plain', buffer: Buffer.from('Testo') });
  await page.click('.kit-form [type=submit]');
  await page.locator('.kit-form .alert-danger', { hasText: 'Too many uploads at once' }).waitFor();
  page.wrongs.splice(0); // Chromium itself reports the 429.
  await check(page, 'too many uploads at once');
  for (const one of slow) one.destroy();
  for (let tries = 0; tries < 50 && (await page.locator('.kit-form').count()); tries++) {
    await page.click('.kit-form .alert-danger button');
    await page.waitForSelector('.kit-form .alert-danger, li[id^=kit-] a[download]');
  }
  await page.waitForSelector('li[id^=kit-] a[download]');
  page.wrongs.splice(0);
  await check(page, 'the file is there');
  await page.context().close();
});
