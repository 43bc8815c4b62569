// The Relay compiler takes the schema: connections page both ways, nodes are fetched anew by their id.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import compiler from "relay-compiler";
import { root } from "./hub.js";

const folder = mkdtempSync(join(tmpdir(), "innesto-relay-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles the examples, with one more file where given; what the compiler said where it refused, else nothing. */
function compile(name, more) {
  const project = join(folder, name);
  mkdirSync(join(project, "artifacts"), { recursive: true });
  cpSync(join(import.meta.dirname, "relay"), join(project, "src"), { recursive: true });
  copyFileSync(join(root, "schema.graphql"), join(project, "schema.graphql"));
  if (more) writeFileSync(join(project, "src/More.js"), more);
  const config = { src: "src", schema: "schema.graphql", language: "javascript", artifactDirectory: "artifacts" };
  writeFileSync(join(project, "relay.config.json"), JSON.stringify({ ...config, eagerEsModules: true }));
  return new Promise((resolve) => {
    execFile(compiler, ["relay.config.json"], { cwd: project }, (error, out, told) => resolve(error ? out + told : ""));
  });
}

test("Relay compiles pages in both directions, refetches by id and mutations", async () => {
  assert.equal(await compile("ours"), "");
  for (const artifact of [
    "PracticeListPaginationQuery", "PracticePageRefetchQuery", "PracticePageRequestsQuery",
    "InboxMessagesPaginationQuery", "InboxPostMessageMutation",
  ]) {
    assert.ok(existsSync(join(folder, "ours/artifacts", `${artifact}.graphql.js`)), `${artifact} was not written`);
  }
});

test("Relay refuses a field that the schema does not have", async () => {
  const more = 'import { graphql } from "react-relay";\ngraphql`query MoreQuery { practices { nodes { karma } } }`;\n';
  assert.match(await compile("wrong", more), /The type `Practice` has no field `karma`/);
});
