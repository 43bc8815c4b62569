// What clients were promised stays: graphql-inspector compares schema.graphql with promised.graphql, the schema as it
// was promised last. A field may go once it was deprecated in the promise. `make promise` renews it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CriticalityLevel, DiffRule, diff } from "@graphql-inspector/core";
import { buildSchema, parse, print, visit } from "graphql";
import { root } from "./hub.js";

const promised = readFileSync(join(import.meta.dirname, "promised.graphql"), "utf8");

/** The changes from one schema to another that break a client. */
async function breaks(from, to) {
  const changes = await diff(buildSchema(from), buildSchema(to), [DiffRule.suppressRemovalOfDeprecatedField]);
  return changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking).map(({ message }) => message);
}

test("the promise is renewed with every version", () => {
  const version = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m)[1];
  assert.ok(promised.startsWith(`# ${version}\n`), "run `make promise`");
});

const bare = print(visit(parse(promised), { enter: (node) => ("description" in node ? { ...node, description: undefined } : node) }));

/** The promised schema with one text in it replaced, which must be there. */
function changed(text, by) {
  assert.ok(bare.includes(text), `promised.graphql has no ${text}`);
  return bare.replace(text, by);
}

test("schema.graphql keeps what was promised", async () => {
  const told = await breaks(promised, readFileSync(join(root, "schema.graphql"), "utf8"));
  assert.deepEqual(told, [], "deprecate first; where nobody can be hurt yet, say so in CHANGELOG.md and run `make promise`");
});

const FIELD = "\n  kitCompleteness: Int!\n";

test("a field that goes, a type that changes and an argument that becomes needed are refused", async () => {
  for (const [broken, told] of [
    [changed(FIELD, "\n"), /Field 'kitCompleteness' was removed from object type 'Practice'/],
    [changed(FIELD, "\n  kitCompleteness: String!\n"), /'Practice.kitCompleteness' changed type from 'Int!' to 'String!'/],
    [changed(FIELD, "\n  kitCompleteness: Int\n"), /'Practice.kitCompleteness' changed type from 'Int!' to 'Int'/],
    [changed(FIELD, "\n  kitCompleteness(of: Int!): Int!\n"), /Argument 'of: Int!' added to field 'Practice.kitCompleteness'/],
    [changed("\n  ARCHIVED\n", "\n"), /Enum value 'ARCHIVED' was removed/],
    [changed("input PracticeFilter {", "input PracticeFilter {\n  year: Int!"), /'year' of type 'Int!' was added to .*'PracticeFilter'/],
  ]) {
    const found = await breaks(bare, broken);
    assert.equal(found.length, 1, `${told}: ${found.join("; ")}`);
    assert.match(found[0], told);
  }
});

test("what is added, and a field that goes after it was deprecated, are accepted", async () => {
  assert.deepEqual(await breaks(bare, changed(FIELD, `${FIELD}  kitAge: Int\n`)), []);
  const warned = changed(FIELD, '\n  kitCompleteness: Int! @deprecated(reason: "Gone on 2027-06-01: use `kit`.")\n');
  assert.deepEqual(await breaks(bare, warned), []);
  assert.deepEqual(await breaks(warned, changed(FIELD, "\n")), []);
});
