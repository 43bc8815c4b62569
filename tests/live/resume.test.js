// Nothing is lost and nothing comes twice, though the server is stopped, and killed, in the middle.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Bare, NETWORK, overSse, overWs, resuming } from "./clients.js";
import { Hub, writer } from "./hub.js";

const SUBSCRIBERS = 100;
const EVENTS = 1000;

let hub;
before(async () => (hub = await Hub.start()));
after(() => hub.end());

const START = Buffer.from("event:0").toString("base64url");
const number = (cursor) => Number(Buffer.from(cursor, "base64url").toString().split(":")[1]);

/** All events from the first on, until the practice is put away. */
async function seen(client) {
  const events = [];
  for await (const event of resuming(client, NETWORK, "networkEvents", START)) {
    events.push(event);
    if (event.kind === "PRACTICE_ARCHIVED") return events;
  }
}

test(`${SUBSCRIBERS} subscribers see each of ${EVENTS} events once and in order, the server restarted in the middle`, async () => {
  const write = await writer(hub);
  // Ten sockets with nine subscriptions each, and ten event streams.
  const sockets = [...Array(10)].map(() => overWs(hub));
  const clients = [...Array(SUBSCRIBERS)].map((_, i) => (i < 90 ? sockets[i % 10] : overSse(hub)));
  const subscribers = Promise.all(clients.map(seen));
  await write(EVENTS / 4);
  await hub.stop("SIGTERM");
  await hub.serve();
  await write(EVENTS / 4);
  await hub.stop("SIGKILL");
  await hub.serve();
  await write(EVENTS / 2);
  await write.archive();
  const all = await subscribers;
  const late = overWs(hub);
  const truth = await seen(late);
  await Promise.all([late, ...sockets].map((socket) => socket.dispose()));
  assert.equal(truth.filter(({ kind }) => kind === "PRACTICE_UPDATED").length, EVENTS);
  const numbers = truth.map(({ cursor }) => number(cursor));
  // Nobody else writes meanwhile: the changes stand one behind the other in the log.
  assert.deepEqual(numbers.slice(-EVENTS), [...Array(EVENTS).keys()].map((i) => numbers.at(-1) - EVENTS + 1 + i));
  for (const events of all) assert.deepEqual(events.map(({ cursor }) => number(cursor)), numbers);
});

test("a hub that stops tells its subscribers to come again", async () => {
  const bare = await new Bare(hub).open();
  await bare.init();
  bare.say({ type: "subscribe", id: "1", payload: { query: NETWORK, variables: { after: START } } });
  await bare.next();
  const answer = await fetch(`${hub.url}?${new URLSearchParams({ query: NETWORK })}`, { headers: { accept: "text/event-stream" } });
  const stream = answer.text();
  await hub.stop("SIGTERM");
  assert.equal((await bare.closed).code, 1001);
  const told = await stream;
  assert.match(told, /retry: \d+\n: the hub stops/);
  assert.doesNotMatch(told, /event: complete/);
  await hub.serve();
});
