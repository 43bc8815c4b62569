// What must hold of every page and state: accessible, legible, no wider than the window, nothing wrong in the console.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with everything that is wrong with the page as it stands. */
export async function check(page, name) {
  const found = [...page.wrongs.splice(0)];
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${axe};0`);
  const { violations } = await page.evaluate((rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), RULES);
  for (const { id, nodes } of violations) {
    const [first] = nodes;
    found.push(`axe ${id} ×${nodes.length}: ${first.html.slice(0, 200)} ${first.failureSummary?.slice(0, 200)}`);
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) found.push(`${wider} px wider than the window: ${await page.evaluate(widest)}`);
  found.push(...(await page.evaluate(paleTexts)));
  assert.deepEqual(found, [], name);
}

/** Which elements stick out. Runs in the page. */
function widest() {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 0.5);
  return out.slice(-3).map((element) => element.outerHTML.slice(0, 120)).join(' | ');
}

/** Texts in drawings with a contrast under 4.5, which axe does not measure. Runs in the page. */
function paleTexts() {
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (text) => {
    text.scrollIntoView({ block: 'center', inline: 'nearest' });
    const box = text.getBoundingClientRect();
    for (const element of document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)) {
      if (element === text || text.contains(element)) continue;
      const style = getComputedStyle(element);
      const colour = element instanceof SVGGeometryElement ? style.fill : style.backgroundColor;
      if (colour !== 'none' && rgb(colour)[3] === 255) return rgb(colour);
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('svg text')].flatMap((text) => {
    const box = text.getBoundingClientRect();
    if (!text.textContent.trim() || !box.width) return [];
    const [a, b] = [light(rgb(getComputedStyle(text).fill)), light(behind(text))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < 4.5 ? [`contrast ${contrast.toFixed(2)} of "${text.textContent}"`] : [];
  });
}
