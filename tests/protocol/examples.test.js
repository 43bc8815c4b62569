// The examples of docs/api.md work: every `sh` block is run, in order and in one shell, every `graphql` block is asked,
// and the block that follows says what must come out; "…" in it stands for any text. Without one, it must work at all.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { buildSchema, parse, validate } from "graphql";
import { HUB, post } from "./ask.js";
import { root } from "./hub.js";

const schema = buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"));
const page = readFileSync(join(root, "docs/api.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "innesto-examples-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The fenced blocks, each example with the block that stands right behind it. */
const examples = [];
let behind = false;
for (const [, between, language, text] of page.matchAll(/([^]*?)^```(\w+)\n([^]*?)^```$/gm)) {
  const line = page.slice(0, page.indexOf(text)).split("\n").length;
  const last = examples.at(-1);
  if (language === "sh" || language === "graphql") examples.push({ language, text, line });
  else if (last && !last.expected && between.trim() === "" && behind) last.expected = { language, text };
  else assert.fail(`docs/api.md:${line}: a block that belongs to no example`);
  behind = language === "sh" || language === "graphql";
}

const words = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*");
const fits = (text, pattern) => new RegExp(`^${words(pattern)}$`, "s").test(text);

/** Whether a value is the expected one, where texts may hold "…". */
function same(value, expected) {
  if (typeof expected === "string") return typeof value === "string" && fits(value, expected);
  if (expected === null || typeof expected !== "object") return value === expected;
  if (value === null || typeof value !== "object" || Array.isArray(value) !== Array.isArray(expected)) return false;
  const keys = Object.keys(expected);
  return keys.length === Object.keys(value).length && keys.every((key) => same(value[key], expected[key]));
}

/** What each `sh` block prints: all run in one shell, which stops at the first that fails. */
async function printed(blocks) {
  const mark = "\u001e";
  const script = ["set -euo pipefail", ...blocks.map(({ text }) => `${text}\nprintf '${mark}'`)].join("\n");
  const options = { cwd: folder, env: { ...process.env, HUB }, timeout: 100_000 };
  const { stdout } = await promisify(execFile)("bash", ["-c", script], options).catch((error) => error);
  return stdout.split(mark);
}

const shell = examples.filter(({ language }) => language === "sh");
const outputs = printed(shell);

for (const [n, { text, line, expected }] of shell.entries()) {
  test(`docs/api.md:${line} prints what it says`, async () => {
    const all = await outputs;
    assert.ok(n < all.length - 1, `it stopped:\n${text}\n${all[n] ?? ""}`);
    if (!expected) return;
    const told = expected.language === "json" ? same(JSON.parse(all[n]), JSON.parse(expected.text)) : fits(all[n].trim(), expected.text.trim());
    assert.ok(told, `${all[n]}\nis not\n${expected.text}`);
  });
}

for (const { text, line, expected } of examples.filter(({ language }) => language === "graphql")) {
  test(`docs/api.md:${line} ${expected ? "is answered as it says" : "fits the schema"}`, async () => {
    if (!expected) return assert.deepEqual(validate(schema, parse(text)), []);
    const { json } = await post({ query: text });
    assert.ok(same(json, JSON.parse(expected.text)), `${JSON.stringify(json, null, 2)}\nis not\n${expected.text}`);
  });
}

test("docs/api.md has examples of everything it explains", () => {
  assert.ok(shell.length >= 12 && examples.length - shell.length >= 3, `${examples.length} examples`);
});
