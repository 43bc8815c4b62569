import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled, Site } from './browser.js';

/** Bytes that the first load of a page may take, compressed, with the frame. */
const MOST = { Script: 60 * 1024, Stylesheet: 15_000 };
/** How much of the page may jump while it loads (cumulative layout shift; "good" is under 0.1). */
const SHIFT = 0.1;

let site;
before(async () => { site = await Site.open(); });
after(() => site?.close());

for (const [path, width] of [['/practices', 1280], ['/practices', 360], ['/search?q=anziani', 360], ['/practices/emporio-solidale-trani', 360], ['/', 1280], ['/', 360]]) {
  test(`the first load of ${path} is light and does not jump (${width} px)`, async () => {
    const page = await site.visit({ width });
    const protocol = await page.context().newCDPSession(page);
    const answers = new Map();
    protocol.on('Network.responseReceived', ({ requestId, type, response }) => answers.set(requestId, { type, ...response }));
    protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const answer = answers.get(requestId);
      if (answer) answer.bytes = encodedDataLength;
    });
    await protocol.send('Network.enable');
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    await settled(page);
    for (const [type, most] of Object.entries(MOST)) {
      const loaded = [...answers.values()].filter((answer) => answer.type === type);
      assert.ok(loaded.length > 0, `some ${type}`);
      for (const { url, headers, bytes } of loaded) {
        // Small files are not worth compressing.
        if (bytes > 1_500) assert.equal(headers['content-encoding'], 'br', url);
      }
      const bytes = loaded.reduce((sum, answer) => sum + answer.bytes, 0);
      assert.ok(bytes <= most, `${bytes} bytes of ${type}, at most ${most}`);
    }
    const shift = await page.evaluate(() => window.shift);
    assert.ok(shift <= SHIFT, `layout shift ${shift.toFixed(3)}, at most ${SHIFT}`);
    await page.context().close();
  });
}
