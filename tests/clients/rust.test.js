// The Rust example tells the busiest owners as the network does, and who can help as `match` does.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { root, run } from "./examples.js";
import { ask } from "./happen.js";

const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/innesto-who-to-ask");

test("with words it tells who can help, the best first, and why", async () => {
  const need = "anziani soli nelle frazioni";
  const { match } = await ask(`query($text: String!) { match(need: { text: $text }) {
    practice { slug title owner { fullName } } reasons { sentence } } }`, { text: need });
  const { code, stdout, stderr } = await run(program, ["--hub", process.env.HUB, ...need.split(" ")]);
  assert.equal(code, 0, stderr);
  assert.ok(match.length > 0);
  const places = match.map(({ practice }) => stdout.indexOf(`${practice.owner.fullName} – ${practice.title}`));
  assert.ok(places.every((place, at) => place > (places[at - 1] ?? 0)), stdout);
  assert.ok(match[0].reasons.every(({ sentence }) => stdout.includes(sentence)), stdout);
});

test("without, it tells who is asked most", async () => {
  const { stdout, code, stderr } = await run(program, ["--hub", `${process.env.HUB}/`], { env: { INNESTO_TOKEN: process.env.HUB_TOKEN } });
  assert.equal(code, 0, stderr);
  const told = [...stdout.matchAll(/^ *(\d+) richieste,.*?giorni {2}(.+)$/gm)].map(([, count, name]) => [Number(count), name]);
  const { network } = await ask("{ network { nodes { territory { fullName } requestsReceived { total } } } }");
  const asked = network.nodes.map(({ territory, requestsReceived }) => [requestsReceived.total, territory.fullName]);
  const most = asked.filter(([count]) => count > 0).sort(([a], [b]) => b - a).slice(0, 5);
  assert.ok(most.length > 0);
  assert.deepEqual(told.map(([count]) => count), most.map(([count]) => count), stdout);
  const known = new Set(asked.map(String));
  assert.ok(told.every((one) => known.has(String(one))), stdout);
});

test("what goes wrong is said in a line", async () => {
  for (const [hub, token] of [["http://127.0.0.1:9", ""], [process.env.HUB, "inn_nonsense"]]) {
    const { code, stderr } = await run(program, ["--hub", hub], { env: { INNESTO_TOKEN: token } });
    assert.deepEqual([code, stderr.trim().split("\n").length], [1, 1], stderr);
  }
});
