// Subscribers as clients write them: the reference clients of both protocols, and a bare socket for bad manners.
import { once } from "node:events";
import { createClient as sseClient } from "graphql-sse";
import { createClient as wsClient } from "graphql-ws";
import { WebSocket } from "ws";

export const overSse = (hub, token) => sseClient({
  url: hub.url, retryAttempts: 0, headers: token ? { authorization: `Bearer ${token}` } : {},
});

export const overWs = (hub, token, options = {}) => wsClient({
  url: hub.socket, webSocketImpl: WebSocket, retryAttempts: 0, onNonLazyError: () => {},
  connectionParams: token ? { authorization: `Bearer ${token}` } : undefined, ...options,
});

export const NETWORK = `subscription($after: EventCursor) {
  networkEvents(after: $after) { cursor kind practice { id } from { slug } } }`;
export const VIEWER = `subscription($after: EventCursor) { viewerEvents(after: $after) {
  __typename cursor kind actor { name }
  ... on MessageEvent { message { body { source } } conversation { subject } } } }`;

/** The events of a subscription as they come; begins anew after the last cursor whenever the connection breaks. */
export async function* resuming(client, query, field, after) {
  for (;;) {
    try {
      for await (const { data, errors } of client.iterate({ query, variables: { after } })) {
        if (errors) throw Object.assign(new Error(errors[0].message), { final: true });
        after = data[field].cursor;
        yield data[field];
      }
    } catch (error) {
      if (error.final || Array.isArray(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A bare socket that speaks the protocol by hand. */
export class Bare {
  constructor(hub, { protocol = "graphql-transport-ws", ...options } = {}) {
    this.socket = new WebSocket(hub.socket, protocol, options);
    this.closed = new Promise((resolve) =>
      this.socket.once("close", (code, reason) => resolve({ code, reason: String(reason) })));
    this.heard = [];
    this.waiting = [];
    this.socket.on("message", (data) => {
      const message = JSON.parse(String(data));
      if (this.take) return this.take(message);
      this.heard.push(message);
      this.waiting.splice(0).forEach((wake) => wake());
    });
    this.socket.on("error", () => {});
  }

  async open() {
    await once(this.socket, "open");
    return this;
  }

  say(message) {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  async next() {
    while (!this.heard.length) await new Promise((resolve) => this.waiting.push(resolve));
    return this.heard.shift();
  }

  async init(payload) {
    this.say({ type: "connection_init", payload });
    return this.next();
  }
}

/** A place in the log from which on only the test itself writes. */
export async function here(hub, write) {
  const client = overWs(hub);
  let cursor;
  client.iterate({ query: NETWORK }).next().then(({ value }) => (cursor = value.data.networkEvents.cursor));
  // Nobody says when a subscription has begun: it has when it hears.
  while (!cursor) await write(1);
  await client.dispose();
  return cursor;
}
