// Runs the browser tests, two files at a time; names given run only those: `npm run e2e -- practices`.
// On CI, whose machine may stall, what failed has a second try, and is named: a test that needs one wants mending.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.js') && (!wanted.length || wanted.some((part) => name.includes(part))))
  .map((name) => join(import.meta.dirname, name));

/** The files of which something failed. */
async function failing(files) {
  const failed = new Set();
  const tests = run({ files, concurrency: 2, timeout: 600_000 });
  tests.on('test:fail', ({ file }) => failed.add(file));
  const shown = tests.compose(new spec());
  shown.pipe(process.stdout, { end: false });
  await finished(shown);
  return [...failed];
}

let failed = await failing(files);
if (failed.length && process.env.CI === 'true') {
  process.stdout.write(`\nA second try of ${failed.join(', ')}\n\n`);
  failed = await failing(failed);
}
if (failed.length) process.exitCode = 1;
