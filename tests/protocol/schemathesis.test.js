// schemathesis asks every query and every mutation with generated arguments, as nobody and as somebody: no fault, and
// every answer well-formed (schemathesis_hooks.py says what that is). `make setup-test` installs it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root, run, start } from "./hub.js";

const program = join(root, ".tools/schemathesis/bin/schemathesis");
const EXAMPLES = process.env.SCHEMATHESIS_EXAMPLES ?? "5";
const folder = mkdtempSync(join(tmpdir(), "innesto-schemathesis-"));
let hub;
// A hub of its own: what is generated changes its data. Without points: they are another suite's subject.
before(async () => (hub = await start({ INNESTO_RATE_POINTS: "0" })));
after(async () => {
  await hub?.stop();
  rmSync(folder, { recursive: true, force: true });
  assert.deepEqual(hub?.alarms, []);
});

function schemathesis(...headers) {
  const args = [
    "run", `${hub.url}/graphql`, "--checks", "well_answered", "--mode", "positive", "--phases", "fuzzing",
    "--max-examples", EXAMPLES, "--generation-deterministic", "--no-shrink",
    "--suppress-health-check", "all", "--workers", "2", "--no-color",
    ...["Accept: application/graphql-response+json", ...headers].flatMap((header) => ["-H", header]),
  ];
  const env = { ...process.env, SCHEMATHESIS_HOOKS: join(import.meta.dirname, "schemathesis_hooks.py") };
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, env, maxBuffer: 1 << 26 }, (error, out, told) => resolve({ error, told: out + told }));
  });
}

async function passes(t, ...headers) {
  const { error, told } = await schemathesis(...headers);
  assert.ok(!error, told || String(error));
  const [, generated] = told.match(/(\d+) generated/);
  const [, tested] = told.match(/Tested: (\d+)/);
  t.diagnostic(`${generated} questions to ${tested} queries and mutations`);
  assert.ok(Number(tested) >= 60 && Number(generated) >= 2 * Number(tested), told);
}

test("every query and mutation answers nobody well", (t) => passes(t));

test("every query and mutation answers a coordinator well", async (t) => {
  const member = "coordinamento.bitonto@example.invalid";
  const token = await run(hub, "token", "create", member, "--name", "prova", "--scopes", "read:own,write:own");
  await passes(t, `Authorization: Bearer ${token}`);
});
