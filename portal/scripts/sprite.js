// One file with the icons that the sources name, `it-…`, and no others.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ICONS = 'node_modules/bootstrap-italia/src/svg';

/** All files under a folder. */
export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function draw() {
  const named = new Set();
  for (const file of filesUnder('src').filter((name) => /\.(svelte|ts)$/.test(name))) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/["'](it-[a-z0-9-]+)["']/g)) named.add(name);
  }
  // The header's classes begin with `it-` too: what has no drawing is none.
  const drawn = [...named].sort().filter((name) => existsSync(join(ICONS, `${name}.svg`)));
  const symbols = drawn.map((name) => {
    const svg = readFileSync(join(ICONS, `${name}.svg`), 'utf8');
    const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
    return `<symbol id="${name}" viewBox="${/viewBox="([^"]+)"/.exec(svg)[1]}">${inside}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

/** Serves the sprite as the module `virtual:sprite`, whose default export is its address. */
export function sprite() {
  let building = false;
  return {
    name: 'innesto-sprite',
    configResolved: (config) => { building = config.command === 'build'; },
    resolveId: (id) => (id === 'virtual:sprite' ? '\0virtual:sprite' : undefined),
    load(id) {
      if (id !== '\0virtual:sprite') return undefined;
      if (!building) return 'export default "/sprite.svg";';
      const file = this.emitFile({ type: 'asset', name: 'sprite.svg', source: draw() });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
    configureServer(server) {
      server.middlewares.use('/sprite.svg', (_request, answer) => {
        answer.setHeader('content-type', 'image/svg+xml');
        answer.end(draw());
      });
    },
  };
}
