// The other pages of the network, and the cockpit of those who run the hub.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { Life } from './life.js';
import { age } from './past.js';

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

for (const [width, language] of [[1280, 'it'], [360, 'en']]) {
  test(`who takes part, over time, and where practices come from (${width} px, ${language})`, async () => {
    const page = await site.visit({ width, language });
    await visitPage(page, '/network/reach');
    await page.waitForSelector('svg.map [role=option]');
    await check(page, 'who takes part');
    const { network } = await site.hub.ask('{ network(filter: { level: ROLLED_UP }) { metrics { reach ambiti } } }');
    const { reach, ambiti } = network.metrics;
    assert.match(await page.textContent('#reached'), new RegExp(`${reach} .* ${ambiti}|${reach} Ambiti su ${ambiti}`));
    assert.equal(await page.locator('svg.map [role=option]').count(), ambiti);
    assert.equal(await page.locator('svg.map .shade-0').count(), ambiti - reach);
    await page.click('main .tabs a[href="/network/series"]');
    await page.waitForSelector('#each');
    await check(page, 'over time');
    for (const [list, value, name] of [['#by', 'state', 'by=state'], ['#by', 'field', 'by=field'], ['#by', 'province', 'by=province'], ['#each', 'QUARTER', 'each=QUARTER']]) {
      await page.selectOption(list, value);
      await page.waitForURL(`**${name}**`);
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    }
    await check(page, 'told apart by province, a point each quarter');
    await page.click('main .tabs a[href="/network/lineage"]');
    await page.waitForSelector('#forest');
    await check(page, 'where practices come from');
    assert.ok((await page.locator('#forest .leaf').count()) > 0);
    assert.equal(await page.locator('#forest li.open').count() > 0, (await page.locator('#forest').textContent()).match(/da confermare|to be confirmed/) !== null);
    await page.context().close();
  });
}

test('the cockpit tells what waits and how long, to who runs the hub', async () => {
  const life = new Life(site);
  const old = await life.make();
  age(site, old, 20);
  await life.make({ slug: 'emporio-solidale-trani' });
  for (const [as, width, language] of [['steward', 1280, 'it'], ['facilitator', 360, 'en'], ['facilitator', 1280, 'it']]) {
    const page = await site.visit({ as, width, language });
    await visitPage(page, '/staff');
    await page.click('main .tabs a[href="/staff/cockpit"]');
    await page.waitForSelector('#ages');
    await page.waitForSelector(`#waiting-${old.number}`);
    await check(page, `the cockpit as ${as}`);
    assert.equal(await page.locator('main a[href^="/staff/mail?"]').count(), as === 'steward' ? 1 : 0);
    assert.equal(await page.locator('.rows > li').first().getAttribute('id'), `waiting-${old.number}`, 'what waits longest comes first');
    await page.context().close();
  }
  const worker = await site.visit({ as: 'worker' });
  await visitPage(worker, '/staff/cockpit');
  assert.equal(await worker.locator('#ages').count(), 0);
  await check(worker, 'the cockpit as who may not see it');
  await worker.context().close();
});
