// Main stories are told on every database: on the site that a file has anyway, and on one of their own.
import { test } from 'node:test';
import { engines, Site } from './browser.js';

/** A test for each engine. `own` gives the file's site; `story` is told the site it happens on. */
export function onEachEngine(name, own, story) {
  for (const engine of engines) {
    test(`${name} (${engine})`, async (t) => {
      if (engine === 'sqlite') return story(own());
      const site = await Site.open(engine);
      t.after(() => site.close());
      return story(site);
    });
  }
}
