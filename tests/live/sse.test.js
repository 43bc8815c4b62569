// GraphQL over server-sent events, distinct connections, against the real binary.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NETWORK, VIEWER, overSse } from "./clients.js";
import { Hub, talk, writer } from "./hub.js";

let hub;
before(async () => (hub = await Hub.start()));
after(() => hub.end());

const STREAM = "text/event-stream";
const post = (body, headers = {}) => fetch(hub.url, {
  method: "POST", body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { accept: STREAM, "content-type": "application/json", ...headers },
});
const get = (params, headers = {}) => fetch(`${hub.url}?${new URLSearchParams(params)}`, { headers: { accept: STREAM, ...headers } });

test("the reference client gets events, and a query's one answer", async () => {
  const write = await writer(hub);
  const client = overSse(hub);
  const seen = client.iterate({ query: NETWORK });
  const first = seen.next();
  // The client does not say when it is subscribed: writing goes on until it hears.
  let heard = false;
  first.then(() => (heard = true));
  while (!heard) await write(1);
  assert.equal((await first).value.data.networkEvents.kind, "PRACTICE_UPDATED");
  await seen.return();
  for await (const { data } of client.iterate({ query: "{ __typename }" })) assert.deepEqual(data, { __typename: "Query" });
});

test("a query is one next and one complete", async () => {
  for (const answer of [await post({ query: "{ __typename }" }), await get({ query: "{ __typename }" })]) {
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type"), /^text\/event-stream/);
    assert.equal(await answer.text(), ':\n\nevent: next\ndata: {"data":{"__typename":"Query"}}\n\nevent: complete\ndata:\n\n');
  }
});

test("what is not valid is told in the stream, what cannot be read by status", async () => {
  const told = await (await post({ query: "subscription { nope }" })).text();
  assert.match(told, /event: next\ndata: \{"errors":\[/);
  assert.match(told, /event: complete\ndata:\n\n$/);
  assert.match(await (await post({ query: VIEWER })).text(), /SIGN_IN_NEEDED/);
  assert.match(await (await post({ query: NETWORK, variables: { after: "x" } })).text(), /BAD_ARGUMENT/);
  for (const [answer, status] of [
    [post("{"), 400], [post([]), 400], [post({ query: "{" }), 400], [post({ query: 7 }), 400], [get({}), 400],
    [post({ query: "{ __typename }", operationName: "nope" }), 422],
    [get({ query: "mutation { signOut { userErrors { code } } }" }), 405],
    [post({ query: "{ __typename }" }, { "content-type": "text/plain" }), 415],
    [post({ query: " ".repeat(2 ** 20) }), 413],
    [post({ query: "{ __typename }" }, { authorization: "Bearer inn_x" }), 401],
    [post({ query: "{ __typename }" }, { cookie: "innesto-session=x", origin: "https://evil.example" }), 403],
  ]) {
    const got = await answer;
    assert.equal(got.status, status);
    assert.match(got.headers.get("content-type"), /json/);
    assert.ok((await got.json()).errors[0].message);
  }
});

test("a stream neither gives nor takes a cookie, and an event may not cost too much", async () => {
  for (const query of ["mutation { signOut { signedOut } }", 'mutation { ...A } fragment A on Mutation { requestSignInCode(input: { email: "a@b.invalid" }) { userErrors { code } } }']) {
    const answer = await post({ query });
    assert.match(await answer.text(), /"errors":\[.*plain POST/);
  }
  const dear = "subscription { networkEvents { practice { owner { practices(first: 100) { nodes { contacts { name } } } } } } }";
  assert.match(await (await post({ query: dear })).text(), /COST_LIMIT/);
});

test("what cannot be sent instead does not count against a stream", async () => {
  const answer = await post({ query: "{ __typename }" }, { accept: "text/event-stream, multipart/mixed" });
  assert.match(answer.headers.get("content-type"), /^text\/event-stream/);
});

test("other answers are not streams", async () => {
  const answer = await post({ query: "{ __typename }" }, { accept: "application/json, text/event-stream" });
  assert.match(answer.headers.get("content-type"), /json/);
});

test("a browser resumes by Last-Event-ID, whatever its address still says", async () => {
  const write = await writer(hub);
  const from = Buffer.from("event:0").toString("base64url");
  const lines = async function* (answer) {
    let rest = "";
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      rest += part;
      for (let at; (at = rest.indexOf("\n\n")) >= 0; rest = rest.slice(at + 2)) yield rest.slice(0, at);
    }
  };
  await write(3);
  const ids = [];
  for await (const event of lines(await get({ query: NETWORK, variables: JSON.stringify({ after: from }) }))) {
    const id = /^id: (\S+)\nevent: next/.exec(event)?.[1];
    if (id) ids.push(id);
    if (ids.length === 3) break;
  }
  for await (const event of lines(await get({ query: NETWORK, variables: JSON.stringify({ after: from }) }, { "last-event-id": ids[1] }))) {
    const id = /^id: (\S+)\nevent: next/.exec(event)?.[1];
    if (!id) continue;
    assert.equal(id, ids[2]);
    break;
  }
});

test("a viewer's own affairs come over the stream too", async () => {
  const { post: write } = await talk(hub);
  const seen = overSse(hub, hub.token("coordinamento.nardo")).iterate({ query: VIEWER, variables: { after: Buffer.from("event:0").toString("base64url") } });
  await write("Segreto");
  for await (const { data } of seen) if (data.viewerEvents.message?.body.source === "Segreto") break;
});
