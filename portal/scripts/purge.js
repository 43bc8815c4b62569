// Drops the rules of Bootstrap Italia whose classes the sources never name, and its fonts, which come from files.
import { PurgeCSS } from 'purgecss';

/** Classes that Bootstrap Italia's scripts set, and those put together from parts. */
const KEPT = [/^icon-/, /^alert-/, /^is-/, /^btn-/, 'show', 'collapsing', 'fade', 'expanded', 'overlay', 'close-div', 'navbar-backdrop'];

/** Innesto's own variables: a part's styles, in another file, may be all that uses one. */
const OWN = [/^--(ink|line|ground|blue|red|green|amber|gap)/];

export function purge() {
  return {
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
}
