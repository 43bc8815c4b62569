// Runs the browser tests, two files at a time; names given run only those: `npm run e2e -- practices`.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.js') && (!wanted.length || wanted.some((part) => name.includes(part))))
  .map((name) => join(import.meta.dirname, name));
const stream = run({ files, concurrency: 2, timeout: 600_000 });
stream.on('test:fail', () => { process.exitCode = 1; });
stream.compose(new spec()).pipe(process.stdout);
