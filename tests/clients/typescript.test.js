// The live tail prints what happens while it listens, and goes on where it was after a break of the connection.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { examples, follow, run } from "./examples.js";
import { happen } from "./happen.js";

const tail = join(examples, "typescript/dist/tail.js");

/** A line to the hub that can be cut, and refused for a while. */
async function cable(t) {
  const hub = new URL(process.env.HUB);
  const ends = new Set();
  const cable = { whole: true };
  const server = createServer((here) => {
    if (!cable.whole) return here.destroy();
    const there = connect(hub.port, hub.hostname);
    for (const [end, other] of [[here, there], [there, here]]) {
      ends.add(end);
      end.pipe(other);
      end.on("error", () => {}).on("close", () => ends.delete(end) && other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  cable.url = `http://127.0.0.1:${server.address().port}`;
  cable.cut = () => {
    cable.whole = false;
    for (const end of ends) end.destroy();
  };
  return cable;
}

/** The next line of `line()` that fits, and those before. */
async function until(line, fits) {
  const heard = [];
  do heard.push(await line());
  while (!fits(heard.at(-1)));
  return heard;
}

const events = (lines) => lines.filter((line) => line.includes("| REQUEST_SENT |"));

test("it prints what a change brings about, and after a break what happened meanwhile, once", async (t) => {
  const wire = await cable(t);
  const line = follow(t, process.execPath, [tail, wire.url]);
  await until(line, (said) => said.startsWith("connected"));
  // The socket is open before the hub listens to the question: something happens until it is heard.
  const titles = [];
  let heard = null;
  const first = until(line, (said) => said.includes("| REQUEST_SENT |")).then((lines) => (heard = events(lines)));
  while (!heard) {
    titles.push(await happen());
    await Promise.race([first, new Promise((resolve) => setTimeout(resolve, 500))]);
  }
  assert.ok(titles.some((title) => heard[0].includes(title)), heard[0]);
  assert.match(heard[0], /Ambito di Nardò → /);
  wire.cut();
  const missed = await happen();
  wire.whole = true;
  const rest = await until(line, (said) => said.includes(missed));
  assert.ok(rest.some((said) => said.startsWith("the connection broke")), rest.join("\n"));
  const all = [...heard, ...events(rest)];
  assert.equal(new Set(all).size, all.length, `one came twice:\n${all.join("\n")}`);
  // From one run to the next.
  const after = all[0].split(" | ").at(-1);
  const again = await run(process.execPath, [tail, process.env.HUB, "--after", after, "--count", String(all.length - 1)]);
  assert.deepEqual([again.code, again.stdout.trim().split("\n")], [0, all.slice(1)], again.stderr);
});

test("a cursor that is none is refused in a line", async () => {
  const { code, stderr } = await run(process.execPath, [tail, process.env.HUB, "--after", "nonsense"]);
  assert.equal(code, 1);
  assert.match(stderr, /no cursor/);
});
