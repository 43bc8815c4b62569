// The network: drawn, in sentences, as tables; walked through by keys; taken away as files and as a question.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { tabTo } from './hands.js';
import { Life } from './life.js';

let site;
before(async () => {
  site = await Site.open();
  const life = new Life(site);
  await life.make({ to: 'IN_PROGRESS' });
  await life.make({ slug: 'emporio-solidale-trani', to: 'SENT' });
});
after(() => site?.close());

const ask = (filter) => site.hub.ask('query($filter: NetworkFilter) { network(filter: $filter) { nodes { territory { slug fullName } } edges { source target } metrics { reach ambiti requests { total } } } }', { filter });
const active = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
/** A file that the page gives. */
async function taken(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[aria-label="${name}"]`)]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('the network is drawn, and told in sentences and tables (1280 px, it)', async () => {
  const page = await site.visit();
  await visitPage(page, '/');
  await page.click('header a[href="/network"]');
  await page.waitForSelector('[role=listbox] [role=option]');
  await check(page, 'the network');
  const { network } = await ask({ level: 'ROLLED_UP' });
  assert.equal(await page.locator('[role=option]').count(), network.nodes.length);
  assert.match(await page.textContent('.sentences'), new RegExp(`${network.metrics.reach} su ${network.metrics.ambiti}`));
  const bitonto = page.locator('[role=option][aria-label^="Ambito di Bitonto:"]');
  await bitonto.hover({ force: true });
  await page.waitForSelector('.panel h3:has-text("Ambito di Bitonto")');
  assert.match(await page.textContent('.drawing .panel'), /Si sono rivolti a lui.*Nardò/s);
  await check(page, 'a territory is pointed at');
  await bitonto.click({ force: true });
  await page.waitForURL('**/network?of=ambito-bitonto');
  await page.mouse.move(5, 5);
  assert.equal(await bitonto.getAttribute('aria-selected'), 'true');
  await page.reload();
  await settled(page);
  assert.match(await page.textContent('.drawing .panel h3'), /Ambito di Bitonto/, 'the address keeps who is held');
  await page.click('.drawing .panel a');
  await page.waitForURL('**/territories/ambito-bitonto');
  await page.context().close();
});

test('one walks through the network by the keyboard alone (360 px, en)', async () => {
  const page = await site.visit({ width: 360, language: 'en' });
  await visitPage(page, '/network');
  await check(page, 'the network');
  await tabTo(page, '[role=option]');
  await page.keyboard.press('Home');
  const first = await active(page);
  const seen = new Set([first]);
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'End']) {
    await page.keyboard.press(key);
    seen.add(await active(page));
  }
  assert.ok(seen.size > 2, [...seen].join());
  assert.equal(await page.locator('[role=option][tabindex="0"]').count(), 1);
  await page.keyboard.press('Space');
  await page.waitForURL('**/network?of=*');
  await check(page, 'a territory is held');
  const slug = new URL(page.url()).searchParams.get('of');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/territories/${slug}`);
  await page.goBack();
  await settled(page);
  await page.context().close();
});

test('filters and orders stand in the address, and what is empty says what to do (360 px, it)', async () => {
  const page = await site.visit({ width: 360 });
  await visitPage(page, '/network');
  await page.selectOption('#level', 'ALL');
  await page.waitForURL('**/network?level=ALL');
  await page.waitForSelector('[role=option][aria-label^="Comune di Bitonto:"]');
  const heading = page.locator('table >> nth=0').locator('thead button').first();
  await heading.click();
  await page.waitForURL('**territories=territory**');
  const up = await page.locator('table >> nth=0').locator('tbody th').first().textContent();
  await heading.click();
  await page.waitForURL('**territories=-territory**');
  assert.notEqual(await page.locator('table >> nth=0').locator('tbody th').first().textContent(), up);
  assert.equal(await page.locator('table >> nth=0').locator('thead th').first().getAttribute('aria-sort'), 'descending');
  await page.selectOption('#province', 'BR');
  await page.selectOption('#to', { index: 36 });
  await page.waitForSelector('.empty');
  await check(page, 'nothing passed');
  assert.match(await page.textContent('.empty'), /filtri/);
  await page.click('text=Togli i filtri');
  await page.waitForSelector('.sentences');
  await visitPage(page, '/network?from=nonsense&field=NO_SUCH_FIELD');
  await page.waitForSelector('.alert, .empty');
  await page.context().close();
});

test('the data can be taken: as files, and with the very question (1280 px, en)', async () => {
  const page = await site.visit({ language: 'en' });
  await visitPage(page, '/network?level=ALL');
  const { network } = await ask({ level: 'ALL' });
  const csv = await taken(page, 'Download “Territories” as CSV');
  assert.match(csv.name, /^innesto-network-territories-[\d-]+\.csv$/);
  assert.equal(csv.text.trim().split('\r\n').length, network.nodes.length + 1);
  assert.match(csv.text, /^\uFEFFterritory,.*,licence,attribution\r\n/);
  const json = JSON.parse((await taken(page, 'Download “Exchanges” as JSON')).text);
  assert.equal(json.licence, 'CC BY 4.0');
  assert.equal(json.rows.length, network.edges.length);
  await page.click('#take-data ~ details summary');
  await check(page, 'the question is shown');
  const line = await page.textContent('pre[aria-label="Command line (curl)"]');
  const { data } = JSON.parse(execFileSync('bash', ['-c', line], { encoding: 'utf8' }));
  assert.equal(data.network.nodes.length, network.nodes.length);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.click('[aria-label="Copy: Command line (curl)"]');
  await page.waitForSelector('[role=status]:has-text("Copied")');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), line);
  await page.context().close();
});
