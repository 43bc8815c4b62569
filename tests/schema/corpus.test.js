// The corpus of documents along section 5 of the specification, judged by the reference implementation. The hub's own
// verdicts are compared with the same corpus by tests/it/guard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSchema, parse, validate } from "graphql";
import { corpus } from "./corpus.js";
import { read } from "./read.js";

const schema = buildSchema(read("schema.graphql"));
const all = corpus();
const differences = JSON.parse(read("tests/guard/differences.json"));

function errors(text) {
  try {
    return validate(schema, parse(text)).map((error) => error.message);
  } catch (error) {
    return [error.message];
  }
}

test("there are at least 500 different documents", () => {
  const different = new Set(all.map(({ text }) => text)).size;
  assert.ok(different >= 500, `${different}`);
});

for (const file of new Set(all.map(({ file }) => file)))
  test(`graphql-js judges ${file} as it says`, () => {
    const wrong = all.filter((document) => document.file === file).filter(({ text, valid }) => (errors(text).length === 0) !== valid);
    assert.deepEqual(wrong.map(({ title, text }) => ({ title, text, errors: errors(text) })), []);
  });

test("each difference is one of a document of the corpus, and says why", () => {
  for (const { file, title, each, why } of differences) {
    assert.ok(all.some((document) => document.file === file && document.title === title && document.each === each), title);
    assert.ok(why.length > 20, title);
  }
});
