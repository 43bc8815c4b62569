// The rules find what they are there for: each is shown a schema that breaks it.
import assert from "node:assert/strict";
import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { buildSchema } from "graphql";
import { lint } from "./lint.js";
import * as rules from "./rules.js";

const broken = `
  "A thing." interface Node { "Its id." id: ID! }
  scalar Markdown
  type Practice { id: ID!  requests(first: Int!): RequestConnection  old: Int @deprecated(reason: "no longer") }
  type RequestConnection { edges: [Practice!]! }
  input WithdrawInput { why: String }
  type Query { practice(id: ID!): Practice  markdown: Markdown  get_node: Node }
  type Mutation { withdrawRequest(id: ID!): Boolean  sendRequest(input: SendRequestInput!): SendRequestPayload! }
  input SendRequestInput { id: ID! }
  type SendRequestPayload { ok: Boolean }
  directive @cost(weight: Int) on FIELD_DEFINITION
  enum Kind { A }
`;

const expected = {
  everythingIsDescribed: ["Practice", "Practice.requests(first:)", "@cost", "@cost(weight:)", "Kind.A", "SendRequestInput.id"],
  scalarsAreSpecified: ["scalar Markdown"],
  objectsWithAnIdAreNodes: ["Practice has an id and is no Node"],
  connectionsAreRelayShaped: ["has no pageInfo", "has no nodes", "not named after it", "paged by after", "(first:) must be optional"],
  mutationsHaveOneInputAndOnePayload: ["takes (id: ID!)", "returns Boolean", "SendRequestPayload has no userErrors"],
  deprecationsHaveAReasonAndADate: ["Practice.old"],
};

test("every rule has a broken schema", () => assert.deepEqual(Object.keys(rules).sort(), Object.keys(expected).sort()));
for (const [name, faults] of Object.entries(expected))
  test(`${name} finds its faults`, () => {
    const found = rules[name](buildSchema(broken));
    for (const fault of faults) assert.ok(found.some((f) => f.includes(fault)), `"${fault}" is not among: ${found.join("; ")}`);
  });

test("the linter finds its faults", async () => {
  const folder = mkdtempSync(join(tmpdir(), "innesto-schema-"));
  try {
    const path = join(folder, "schema.graphql");
    writeFileSync(path, broken);
    const found = (await lint(broken, path)).join("\n");
    for (const rule of ["require-description", "naming-convention", "relay-connection-types", "input-name", "no-unreachable-types"])
      assert.match(found, new RegExp(`@graphql-eslint/${rule}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
