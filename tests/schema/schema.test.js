// What `schema.graphql` promises, checked by graphql-js and the linter of The Guild, not by the library that wrote it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSchema, parse, validate, validateSchema } from "graphql";
import { lint } from "./lint.js";
import { examples, read, schemaPath } from "./read.js";
import * as rules from "./rules.js";

const sdl = read("schema.graphql");
const schema = buildSchema(sdl);
const none = (faults) => assert.equal(faults.join("\n"), "");

test("the schema is valid", () => none(validateSchema(schema).map(String)));
for (const [name, rule] of Object.entries(rules)) test(words(name), () => none(rule(schema)));
test("the linter has nothing to say", async () => none(await lint(sdl, schemaPath)));
for (const { name, text } of examples)
  test(`the example ${name} is valid`, () => {
    assert.match(text, /^# \S/, "it begins with a comment");
    none(validate(schema, parse(text)).map(String));
  });

function words(name) {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
