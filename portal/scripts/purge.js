// Drops the rules of Bootstrap Italia whose classes the sources never name, and its fonts, which come from files.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PurgeCSS } from 'purgecss';
import { filesUnder } from './sprite.js';

/** Classes that Bootstrap Italia's scripts set, and those put together from parts. */
const KEPT = [/^icon-/, /^is-/, 'show', 'collapsing', 'fade', 'expanded', 'overlay', 'close-div', 'navbar-backdrop'];

/** Innesto's own variables: a part's styles, in another file, may be all that uses one. */
const OWN = [/^--(ink|line|ground|blue|red|green|amber|gap)/];

/** What is kept depends on all sources, so the file's name, by which it is cached for good, must too. */
const named = {
  name: 'innesto-purge-name',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/src/styles/main.css')) return null;
    const hash = createHash('sha256');
    for (const file of filesUnder('src').sort()) hash.update(readFileSync(file));
    return `${code}\n:root { --sources: '${hash.digest('hex').slice(0, 12)}'; }\n`;
  },
};

const purged = {
  name: 'innesto-purge',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
      const [kept] = await new PurgeCSS().purge({
        content: ['index.html', 'src/**/*.{svelte,ts}'],
        css: [{ raw: String(file.source) }],
        keyframes: true,
        variables: true,
        safelist: { standard: KEPT, greedy: [/focus--mouse/, /svelte-/], variables: OWN },
      });
      file.source = kept.css.replace(/@font-face\s*\{[^}]*data:[^}]*\}/g, '');
    }
  },
};

export const purge = () => [named, purged];
