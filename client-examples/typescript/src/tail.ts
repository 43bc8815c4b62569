// What happens in the network, a line for each event, as it happens:
//
//   node dist/tail.js [HUB_URL] [--after CURSOR] [--count N]
//
// Each line ends with the event's cursor. When the connection breaks it is opened again and asks for what came after the
// last cursor: no event is lost, none comes twice. `--after` does the same from one run to the next. Nothing here needs a
// token; one in INNESTO_TOKEN is sent.
import { parseArgs } from "node:util";
import type { ResultOf } from "gql.tada";
import { print } from "graphql";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { graphql } from "./graphql.js";

const NetworkEvents = graphql(`
  subscription NetworkEvents($after: EventCursor) {
    networkEvents(after: $after) {
      cursor
      at
      kind
      from { fullName }
      to { fullName }
      practice { title }
      need { text }
    }
  }
`);
type NetworkEvent = ResultOf<typeof NetworkEvents>["networkEvents"];

/** What the hub says is wrong with the question: asking again would not help. */
class Refused extends Error {}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { after: { type: "string" }, count: { type: "string" } },
});
const hub = (positionals[0] ?? "http://127.0.0.1:8080").replace(/\/$/, "");
const token = process.env.INNESTO_TOKEN;

/** The longest pause before trying again, in milliseconds. */
const LONGEST_PAUSE = 30_000;

/** Events from after `cursor` (from now on without one), for ever. */
async function* tail(cursor: string | undefined): AsyncGenerator<NetworkEvent, never> {
  const client = createClient({
    url: `${hub.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
    // Tells a connection that is dead from one where nothing happens.
    keepAlive: 10_000,
    // The client would ask again with the old cursor: we ask anew, with the last.
    retryAttempts: 0,
    on: { connected: () => console.error(cursor ? `connected to ${hub}, after ${cursor}` : `connected to ${hub}`) },
  });
  for (let failures = 0; ; failures++) {
    try {
      const variables = { after: cursor ?? null };
      for await (const { data, errors } of client.iterate<ResultOf<typeof NetworkEvents>>({ query: print(NetworkEvents), variables })) {
        if (errors || !data) throw new Refused(errors?.map(({ message }) => message).join("; "));
        failures = 0;
        cursor = data.networkEvents.cursor;
        yield data.networkEvents;
      }
    } catch (error) {
      if (error instanceof Refused) throw error;
      // An `error` message of the protocol: the question was refused before it began.
      if (Array.isArray(error)) throw new Refused(error.map(({ message }) => message).join("; "));
    }
    const pause = Math.min(LONGEST_PAUSE, 250 * 2 ** failures) * (0.5 + Math.random() / 2);
    console.error(`the connection broke; trying again in ${(pause / 1000).toFixed(1)} s`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function line({ at, kind, from, to, practice, need, cursor }: NetworkEvent): string {
  const about = practice?.title ?? need?.text;
  return [at, kind, to ? `${from.fullName} → ${to.fullName}` : from.fullName, about, cursor].filter(Boolean).join(" | ");
}

try {
  let left = Number(options.count ?? Infinity);
  for await (const event of tail(options.after)) {
    console.log(line(event));
    if (--left <= 0) process.exit(0);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
