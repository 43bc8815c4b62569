// graphql-transport-ws against the real binary: what is answered, and with which code a connection is closed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WebSocket } from "ws";
import { Bare, NETWORK, VIEWER, here, overWs } from "./clients.js";
import { Hub, talk, writer } from "./hub.js";

let hub;
before(async () => (hub = await Hub.start()));
after(() => hub.end());

const opened = (options) => new Bare(hub, options).open();
const subscribe = (id, query, variables) => ({ type: "subscribe", id, payload: { query, variables } });

async function closes(code, reason, manners) {
  const bare = await opened();
  await manners(bare);
  const closed = await bare.closed;
  assert.equal(closed.code, code, closed.reason);
  assert.match(closed.reason, reason);
}

test("what is no message is closed with 4400", async () => {
  for (const wrong of ["", "nonsense", "[]", "{}", { type: "next", id: "1", payload: {} }, { type: "nope" },
    { type: "subscribe", id: "", payload: { query: "{ __typename }" } }, { type: "subscribe", id: "1" },
    { type: "connection_init", payload: 7 }])
    await closes(4400, /./, (bare) => bare.say(wrong));
});
test("a frame that is no text is read as one, or closed with 4400", () =>
  closes(4400, /./, (bare) => bare.socket.send(Buffer.from([0xff, 0xfe]))));
test("an operation before connection_init is closed with 4401", () =>
  closes(4401, /Unauthorized/, (bare) => bare.say(subscribe("1", "{ __typename }"))));
test("a token that is none is closed with 4403", () =>
  closes(4403, /Forbidden/, (bare) => bare.say({ type: "connection_init", payload: { authorization: "Bearer inn_x" } })));
test("another subprotocol, or none, is closed with 4406", async () => {
  for (const protocol of ["graphql-ws", []]) {
    const bare = new Bare(hub, { protocol });
    const closed = await bare.closed;
    // The client library itself ends the handshake where it asked for a subprotocol and got none.
    if (closed.code !== 1006) assert.deepEqual(closed, { code: 4406, reason: "Subprotocol not acceptable" });
    else assert.equal(protocol, "graphql-ws");
  }
});
test("silence instead of connection_init is closed with 4408", () => closes(4408, /timeout/, () => {}));
test("an id in use is closed with 4409", () => closes(4409, /Subscriber for 1 already exists/, async (bare) => {
  await bare.init();
  bare.say(subscribe("1", NETWORK));
  bare.say(subscribe("1", NETWORK));
}));
test("a second connection_init is closed with 4429", () => closes(4429, /Too many/, async (bare) => {
  await bare.init();
  bare.say({ type: "connection_init" });
}));
test("an oversized frame is closed with 1009", () =>
  closes(1009, /at most/, (bare) => bare.say({ type: "ping", payload: { a: "x".repeat(200_000) } })));

test("a ping is answered with its payload, and so is a bare one", async () => {
  const bare = await opened();
  bare.say({ type: "ping", payload: { a: 1 } });
  assert.deepEqual(await bare.next(), { type: "pong", payload: { a: 1 } });
  bare.say({ type: "ping" });
  assert.deepEqual(await bare.next(), { type: "pong" });
  bare.socket.close();
});

test("queries and mutations are answered too", async () => {
  const client = overWs(hub, hub.token("coordinamento.bitonto"));
  for await (const { data } of client.iterate({ query: "{ viewer { person { name } } }" }))
    assert.equal(data.viewer.person.name, "Coordinamento di Bitonto");
  const mutation = `mutation { updateProfile(input: { language: IT }) { userErrors { message } } }`;
  for await (const { data } of client.iterate({ query: mutation })) assert.deepEqual(data.updateProfile.userErrors, []);
  await client.dispose();
});

test("a document that is not valid is told so and leaves the others running", async () => {
  const write = await writer(hub);
  const after = await here(hub, write);
  const bare = await opened();
  await bare.init();
  bare.say(subscribe("good", NETWORK, { after }));
  const other = async (than) => {
    for (;;) {
      const heard = await bare.next();
      if (heard.id !== than) return heard;
    }
  };
  for (const [wrong, variables] of [
    ["subscription { nope }"], ["{"], ["subscription { networkEvents { at } viewerEvents { at } }"],
    [VIEWER], [NETWORK, { after: "nonsense" }], [NETWORK, { after: Buffer.from("event:999999999").toString("base64url") }],
  ]) {
    bare.say(subscribe("wrong", wrong, variables));
    const { id, type, payload } = await other("good");
    assert.deepEqual([id, type], ["wrong", "error"], wrong);
    assert.ok(payload[0].message, wrong);
  }
  await write(1);
  const { id, type, payload } = await bare.next();
  assert.deepEqual([id, type, payload.data.networkEvents.kind], ["good", "next", "PRACTICE_UPDATED"]);
  const last = async () => {
    for (;;) {
      const heard = await bare.next();
      if (!heard.payload?.data?.networkEvents) return heard;
    }
  };
  // Its id is free again once it is completed.
  bare.say({ type: "complete", id: "good" });
  bare.say(subscribe("good", "{ __typename }"));
  assert.deepEqual(await last(), { id: "good", type: "next", payload: { data: { __typename: "Query" } } });
  assert.deepEqual(await bare.next(), { id: "good", type: "complete" });
  bare.socket.close();
});

test("a flood of subscriptions is refused one by one beyond the limit", async () => {
  const bare = await opened();
  await bare.init();
  for (let i = 0; i < 60; i++) bare.say(subscribe(`s${i}`, NETWORK));
  const refused = [];
  while (refused.length < 10) refused.push(await bare.next());
  assert.ok(refused.every(({ type, payload }) => type === "error" && payload[0].extensions.code === "TOO_MANY"));
  assert.deepEqual(refused.map(({ id }) => id), [...Array(10).keys()].map((i) => `s${i + 50}`));
  bare.socket.close();
});

test("a flood of connections is refused beyond the limit", async () => {
  const sockets = await Promise.all([...Array(110)].map(() => new Promise((resolve) => {
    const socket = new WebSocket(hub.socket, "graphql-transport-ws");
    socket.once("open", () => resolve({ socket }));
    socket.once("unexpected-response", (_, response) => resolve({ status: response.statusCode, socket }));
    socket.on("error", () => {});
  })));
  const refused = sockets.filter(({ status }) => status);
  assert.ok(refused.length >= 10 && refused.every(({ status }) => status === 429), `${refused.length} refused`);
  sockets.forEach(({ socket }) => socket.terminate());
});

test("a page of another site cannot use a session, nor a socket", async () => {
  for (const cookie of [{ cookie: "innesto-session=whatever" }, {}]) {
    const bare = new Bare(hub, { headers: { ...cookie, origin: "https://evil.example" } });
    let status;
    bare.socket.once("unexpected-response", (_, response) => { status = response.statusCode; bare.socket.terminate(); });
    await bare.closed;
    assert.equal(status, 403);
  }
});

test("who stops reading holds up nobody, and loses nothing when it reads again", async () => {
  const write = await writer(hub);
  const begin = subscribe("n", NETWORK, { after: await here(hub, write) });
  const [slow, quick] = [await opened(), await opened()];
  for (const bare of [slow, quick]) {
    await bare.init();
    bare.say(begin);
  }
  slow.socket.pause();
  await write(60);
  const cursors = async (bare) => {
    const seen = [];
    while (seen.length < 60) seen.push((await bare.next()).payload.data.networkEvents.cursor);
    return seen;
  };
  const seen = await cursors(quick);
  slow.socket.resume();
  assert.deepEqual(await cursors(slow), seen);
  slow.socket.close();
  quick.socket.close();
});

test("what is private reaches whom it concerns, and nobody else", async () => {
  const [write, { post }] = [await writer(hub), await talk(hub)];
  const after = await here(hub, write);
  const [inside, outside, nobody] = [await opened(), await opened(), await opened()];
  await inside.init({ authorization: `Bearer ${hub.token("coordinamento.nardo")}` });
  await outside.init({ authorization: `Bearer ${hub.token("facilitazione.anci")}` });
  await nobody.init();
  inside.say(subscribe("v", VIEWER, { after }));
  outside.say(subscribe("v", VIEWER, { after }));
  nobody.say(subscribe("n", NETWORK, { after }));
  await post("Segreto");
  assert.equal((await inside.next()).payload.data.viewerEvents.message.body.source, "Segreto");
  await write(1);
  assert.equal((await nobody.next()).payload.data.networkEvents.kind, "PRACTICE_UPDATED");
  assert.deepEqual(outside.heard, []);
  assert.ok(nobody.heard.every(({ payload }) => payload.data.networkEvents.kind === "PRACTICE_UPDATED"));
  for (const bare of [inside, outside, nobody]) bare.socket.close();
});

test("a member who is removed hears nothing further, a token that is revoked ends the subscription", async () => {
  const [write, { post }] = [await writer(hub), await talk(hub)];
  const after = await here(hub, write);
  const coordinator = hub.token("coordinamento.bitonto");
  const bare = await opened();
  const token = hub.token("operatrice.bitonto");
  await bare.init({ authorization: `Bearer ${token}` });
  bare.say(subscribe("v", VIEWER, { after }));
  const next = async () => {
    // Changes of the town's practices are its own affair too.
    for (;;) {
      const heard = await bare.next();
      if (heard.payload?.data?.viewerEvents.kind !== "PRACTICE_UPDATED") return heard;
    }
  };
  await post("Uno");
  assert.equal((await next()).payload.data.viewerEvents.message.body.source, "Uno");
  const { territory } = await hub.ask(
    `{ territory(by: { slug: "bitonto" }) { id members(first: 50) { nodes { person { id name } } } } }`, {}, coordinator);
  const person = territory.members.nodes.find((member) => member.person.name === "Servizio sociale di Bitonto").person.id;
  await hub.ask(`mutation($input: RemoveMemberInput!) { removeMember(input: $input) { userErrors { message } } }`,
    { input: { territory: territory.id, person } }, coordinator);
  await post("Due");
  const { viewer } = await hub.ask("{ viewer { apiTokens(first: 10) { nodes { id revokedAt } } } }", {}, token);
  await hub.ask(`mutation($input: RevokeApiTokenInput!) { revokeApiToken(input: $input) { userErrors { message } } }`,
    { input: { apiToken: viewer.apiTokens.nodes[0].id } }, token);
  const { type, payload } = await next();
  assert.equal(type, "next");
  assert.equal(payload.errors?.[0].extensions.code, "SIGN_IN_NEEDED", JSON.stringify(payload));
  assert.deepEqual(await bare.next(), { id: "v", type: "complete" });
  bare.socket.close();
});
