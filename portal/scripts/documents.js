// What the hub has to know of the portal: every question that it asks, by the SHA-256 of its text (the manifest of
// trusted documents), and the first part of every address that it has a page for.
import { createHash } from 'node:crypto';
import { createServer } from 'vite';
import { filesUnder } from './sprite.js';

/** The texts of all questions, which the files called `operations.ts` export beside their fragments. */
async function questions(load) {
  const texts = [];
  for (const file of filesUnder('src').filter((name) => name.endsWith('operations.ts')).sort()) {
    for (const { text } of Object.values(await load(`/${file}`))) {
      if (/^\s*(query|mutation|subscription)\b/.test(text)) texts.push(text);
    }
  }
  return texts;
}

/** `practices` of `/practices/:slug`; empty of the first page. */
async function rooms(load) {
  const { routes } = await load('/src/routes.ts');
  return [...new Set(routes.map(({ path }) => path.split('/')[1]))].sort();
}

/** Does something with the portal's modules as they run. */
async function withModules(work) {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    return await work((file) => server.ssrLoadModule(file));
  } finally {
    await server.close();
  }
}

export function documents() {
  return {
    name: 'innesto-documents',
    apply: 'build',
    async generateBundle() {
      await withModules(async (load) => {
        const byHash = (await questions(load)).map((text) => [createHash('sha256').update(text).digest('hex'), text]);
        const emit = (fileName, value) => this.emitFile({ type: 'asset', fileName, source: JSON.stringify(value, null, 1) });
        emit('documents.json', Object.fromEntries(byHash.sort()));
        emit('rooms.json', await rooms(load));
      });
    },
  };
}
