// How many subscribers see how many events, each once and in order, while the server is restarted in the middle; and
// how fast. At the end one more subscribes from the beginning: what all the others missed alike is noticed too.
//
//   node bench/subscribers.mjs [SUBSCRIBERS [EVENTS]]        1000 and 10000 unless told otherwise
//
// Needs `npm ci --prefix tests/live` and a built program: the release's where there is one, else the debug one.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Bare, NETWORK } from "../tests/live/clients.js";
import { Hub, writer } from "../tests/live/hub.js";

const [subscribers = 1000, events = 10_000] = process.argv.slice(2).map(Number);
const EACH = 50; // what one connection may run at once
/** A running hash of the places that a subscriber came by, in their order. */
const hashed = (hash, at) => Math.imul(hash ^ at, 0x01000193) >>> 0;
const place = (cursor) => Number(Buffer.from(cursor, "base64url").toString().split(":")[1]);
// What is measured here is not how much one may ask: no points are counted.
const { get: env } = Object.getOwnPropertyDescriptor(Hub.prototype, "env");
Object.defineProperty(Hub.prototype, "env", { get() { return { ...env.call(this), INNESTO_RATE_POINTS: "0" }; } });
const release = join(import.meta.dirname, "../target/release/innesto");
const hub = await Hub.start(existsSync(release) ? release : undefined);
let wrong = 0;

/** One connection with many subscribers; each notes the place it has come to. */
class Connection {
  places = Array(EACH).fill(0);
  counts = Array(EACH).fill(0);
  hashes = Array(EACH).fill(0);
  constructor(size) {
    this.size = size;
    this.run();
  }
  async run() {
    while (!this.done) {
      const bare = new Bare(hub);
      bare.take = (text) => this.take(text);
      bare.socket.once("open", () => {
        bare.say({ type: "connection_init" });
        for (let i = 0; i < this.size; i++) {
          const after = Buffer.from(`event:${this.places[i]}`).toString("base64url");
          bare.say({ type: "subscribe", id: String(i), payload: { query: NETWORK, variables: { after } } });
        }
      });
      this.bare = bare;
      await bare.closed;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  take(message) {
    if (message.type !== "next") return;
    const at = place(message.payload.data.networkEvents.cursor);
    // Numbers of public events only: the one before is the one that this subscriber saw last.
    if (at <= this.places[message.id]) wrong++;
    this.places[message.id] = at;
    this.counts[message.id]++;
    this.hashes[message.id] = hashed(this.hashes[message.id], at);
  }
  /** Of each subscriber, how many events it saw, up to which, and their hash. */
  seen() {
    const { counts, places, hashes, size } = this;
    return counts.slice(0, size).map((count, i) => ({ count, last: places[i], hash: hashes[i] }));
  }
  end() {
    this.done = true;
    this.bare.socket.close();
  }
}

/** All that there is to see, for one who comes when everything has been written: up to `last` at least. */
async function reference(last) {
  const one = new Connection(1);
  const begun = performance.now();
  for (let before = -1, same = 0; same < 2; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [{ count, last: at }] = one.seen();
    same = at >= last && count === before ? same + 1 : 0;
    before = count;
    if (performance.now() - begun > 120_000) throw new Error(`the last subscriber came to event ${at} of ${last}`);
  }
  one.end();
  return one.seen()[0];
}

try {
  const write = await writer(hub);
  const connections = [];
  for (let left = subscribers; left > 0; left -= EACH) connections.push(new Connection(Math.min(EACH, left)));
  const begun = performance.now();
  await write(events / 2);
  await hub.stop("SIGTERM");
  await hub.serve();
  await write(events / 2);
  await write.archive();
  const written = performance.now();
  const counts = () => connections.flatMap(({ counts, size }) => counts.slice(0, size));
  // All have as many when the slowest has as many as the quickest, twice in a row, and no fewer than were written.
  for (let before = -1, same = 0; same < 2; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const all = counts(), least = Math.min(...all);
    same = least > events && least === Math.max(...all) && least === before ? same + 1 : 0;
    before = least;
    if (performance.now() - written > 600_000) throw new Error(`not all arrived: ${least} to ${Math.max(...all)}`);
  }
  const done = performance.now();
  connections.forEach((connection) => connection.end());
  const seen = connections.flatMap((connection) => connection.seen());
  const right = await reference(Math.max(...seen.map(({ last }) => last)));
  const unlike = seen.filter(({ count, last, hash }) => count !== right.count || last !== right.last || hash !== right.hash).length;
  const deliveries = counts().reduce((sum, n) => sum + n, 0);
  console.table({
    subscribers, events, deliveries, "out of order or twice": wrong,
    "events of one who came last": right.count, "subscribers who saw others than that": unlike,
    "seconds of writing": ((written - begun) / 1000).toFixed(1),
    "seconds until all had all": ((done - begun) / 1000).toFixed(1),
    "deliveries a second": Math.round(deliveries / ((done - begun) / 1000)),
  });
  if (wrong || unlike) process.exitCode = 1;
} finally {
  await hub.end();
}
