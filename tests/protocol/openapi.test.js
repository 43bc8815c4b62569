// The REST interface, judged by two programs that know nothing of it but its description: openapi-spec-validator says
// whether that is OpenAPI 3.1; schemathesis asks with good and with bad values and compares each answer with what the
// description promises. `make setup-test` installs both.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root, start } from "./hub.js";

const bin = (name) => join(root, ".tools/schemathesis/bin", name);
const EXAMPLES = process.env.SCHEMATHESIS_EXAMPLES ?? "20";
const folder = mkdtempSync(join(tmpdir(), "innesto-openapi-"));
let hub;
let document;
before(async () => {
  hub = await start({ INNESTO_RATE_POINTS: "0", INNESTO_PUBLISHER_CONTACT: "dati@example.invalid" });
  document = await (await fetch(`${hub.url}/openapi.json`)).json();
});
after(async () => {
  await hub?.stop();
  rmSync(folder, { recursive: true, force: true });
  assert.deepEqual(hub?.alarms, []);
});

const ran = (program, args) =>
  new Promise((resolve) => execFile(program, args, { cwd: folder, maxBuffer: 1 << 26 }, (error, out, told) => resolve({ error, told: out + told })));

test("the description is OpenAPI 3.1", async () => {
  const file = join(folder, "openapi.json");
  writeFileSync(file, JSON.stringify(document));
  const { error, told } = await ran(bin("openapi-spec-validator"), ["--schema", "3.1", file]);
  assert.ok(!error, told);
});

test("it says what the Italian guidelines ask for", () => {
  const { info } = document;
  for (const field of ["title", "version", "description", "summary", "termsOfService", "x-summary", "x-api-id"]) assert.ok(info[field], field);
  assert.ok(info.contact.name && info.contact.url && info.contact.email);
  assert.deepEqual(document.security, []);
  for (const [path, { get }] of Object.entries(document.paths)) {
    assert.ok(get.operationId && get.summary && get.description && get.tags.length, path);
    for (const status of ["429", "503"]) assert.ok(get.responses[status], `${path} may answer ${status}`);
    assert.ok(get.responses["200"].headers["X-RateLimit-Limit"], path);
  }
  for (const status of ["429", "503"]) assert.ok(document.components.responses[status].headers["Retry-After"]);
});

test("every answer is what the description promises", async (t) => {
  const { error, told } = await ran(bin("schemathesis"), [
    "run", `${hub.url}/openapi.json`, "--url", `${hub.url}/api/v1`, "--mode", "all", "--phases", "examples,coverage,fuzzing",
    // A code that fits its pattern and is in no vocabulary is not found, and a cursor that nobody gave is refused.
    "--exclude-checks", "positive_data_acceptance",
    "--max-examples", EXAMPLES, "--seed", "7", "--generation-deterministic", "--no-shrink",
    "--suppress-health-check", "all", "--workers", "2", "--no-color",
  ]);
  assert.ok(!error, told || String(error));
  const [, generated] = told.match(/(\d+) generated/);
  t.diagnostic(`${generated} questions`);
  assert.ok(Number(generated) >= 5 * Object.keys(document.paths).length, told);
});
