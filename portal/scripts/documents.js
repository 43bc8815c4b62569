// The manifest of trusted documents: every question that the portal asks, by the SHA-256 of its text.
import { createHash } from 'node:crypto';
import { createServer } from 'vite';
import { filesUnder } from './sprite.js';

/** The texts of all questions: what the files called `operations.ts` export and is an operation. */
export async function questions() {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const texts = [];
    for (const file of filesUnder('src').filter((name) => name.endsWith('operations.ts')).sort()) {
      const exported = await server.ssrLoadModule(`/${file}`);
      for (const { text } of Object.values(exported)) {
        if (/^\s*(query|mutation|subscription)\b/.test(text)) texts.push(text);
      }
    }
    return texts;
  } finally {
    await server.close();
  }
}

export function documents() {
  return {
    name: 'innesto-documents',
    apply: 'build',
    async generateBundle() {
      const byHash = (await questions()).map((text) => [createHash('sha256').update(text).digest('hex'), text]);
      const source = JSON.stringify(Object.fromEntries(byHash.sort()), null, 1);
      this.emitFile({ type: 'asset', fileName: 'documents.json', source });
    },
  };
}
