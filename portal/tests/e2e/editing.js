// What the tests of the editor do again and again.
import { settled, visitPage } from './browser.js';

/** Waits until all that was typed is the hub's. */
export const saved = (page) => page.waitForSelector('[data-state=saved]');
/** Opens a section. */
export const open = async (page, part) => {
  const folded = page.locator('.part-menu > summary');
  if (await folded.isVisible()) await folded.click();
  await page.click(`.part-list a[href="?section=${part}"]`);
  await page.waitForSelector(`.part-list a[href="?section=${part}"][aria-current=page]`, { state: 'attached' });
  await settled(page);
};

/** Begins a practice and gives the end of its address. */
export async function begin(page, title) {
  await visitPage(page, '/our-practices?new=1');
  await page.fill('#title', title);
  await page.selectOption('#field', { index: 1 });
  await page.click('main form button[type=submit]');
  await page.waitForURL(/our-practices\/[^?]/);
  await page.waitForSelector('#section-title');
  return new URL(page.url()).pathname.split('/').at(-1);
}

/** What the hub has, asked beside the page. */
export async function stored(page, slug, fields = 'title context { source } method { source }') {
  const data = { query: `query($s: String!) { practice(by: { slug: $s }) { ${fields} } }`, variables: { s: slug } };
  return (await (await page.context().request.post('/graphql', { data })).json()).data.practice;
}

