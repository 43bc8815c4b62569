// Puts a .br and a .gz beside each file that gains by it, so that the hub compresses nothing while it serves.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { filesUnder } from './sprite.js';

const GAINS = /\.(html|js|css|svg|json)$/;

export function compress() {
  let out = 'dist';
  return {
    name: 'innesto-compress',
    apply: 'build',
    configResolved: (config) => { out = config.build.outDir; },
    writeBundle() {
      for (const file of filesUnder(out).filter((name) => GAINS.test(name))) {
        const plain = readFileSync(file);
        const forms = {
          br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
          gz: gzipSync(plain, { level: 9 }),
        };
        for (const [suffix, packed] of Object.entries(forms)) {
          if (packed.length < plain.length * 0.9) writeFileSync(`${file}.${suffix}`, packed);
        }
      }
    },
  };
}
