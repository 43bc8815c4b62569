// What graphql-cop looks for, one test a check: what it would report must not be so, or is so on purpose and harmless.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from "graphql";
import { MODERN, PLAIN, get, post, send } from "./ask.js";
import { root } from "./hub.js";

const ASK = "{ __typename }";

/** Nothing was executed; the refusal says why, in few words. */
function refused(answer, ...statuses) {
  assert.ok(statuses.includes(answer.status), `${answer.status}: ${answer.text}`);
  assert.ok(!("data" in answer.json), "there is no `data` where nothing was executed");
  assert.ok(answer.json.errors.length >= 1 && answer.json.errors.length <= 10, `${answer.json.errors.length} errors`);
  assert.ok(answer.text.length < 4000, `a refusal of ${answer.text.length} characters`);
  for (const { message, extensions } of answer.json.errors) {
    assert.ok(message && extensions.code && extensions.requestId, answer.text);
  }
}

test("alias overloading: a hundred and one aliases are refused", async () => {
  const aliases = Array.from({ length: 101 }, (_, n) => `alias${n}: __typename`).join(" ");
  refused(await post({ query: `{ ${aliases} }` }), 413);
});

test("batch queries: a list of questions is refused, also one of texts", async () => {
  refused(await post(Array.from({ length: 10 }, () => ({ query: ASK }))), 400);
  refused(await post([{ query: ASK }]), 400);
  refused(await post([ASK]), 400);
  refused(await post([]), 400);
});

test("directive overloading: the same unknown directive many times is one short refusal", async () => {
  refused(await post({ query: `{ __typename ${"@aa".repeat(10)} }` }), 400);
  refused(await post({ query: `{ __typename ${"@aa".repeat(1000)} }` }), 400, 413);
  refused(await post({ query: `{ __typename ${"@include(if: true)".repeat(50)} }` }), 400);
});

test("circular introspection: types within fields within types are refused", async () => {
  const nested = "fields { type { ".repeat(4) + "name" + " } }".repeat(4);
  refused(await post({ query: `{ __schema { types { ${nested} } } }` }), 400, 422);
});

test("circular fragments are refused", async () => {
  const query = "{ __schema { ...A } } fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }";
  refused(await post({ query }), 400);
});

test("field duplication: a repeated field is one field and asked for once", async () => {
  const once = await post({ query: "{ practices(first: 1) { nodes { slug } } }" });
  const often = await post({ query: `{ ${"practices(first: 1) { nodes { slug } } ".repeat(500)} }` });
  // By the specification they merge. Whether it is answered or refused as too large, nothing is done five hundred times.
  if (often.status === 200) assert.equal(often.text, once.text);
  else refused(often, 413, 422);
});

test("GET-based mutations: GET cannot change anything", async () => {
  for (const query of [
    "mutation { __typename }",
    "mutation { signOut { signedOut } }",
    "query A { __typename } mutation B { __typename }",
  ]) {
    const answer = await get({ query, operationName: query.startsWith("query") ? "B" : "" });
    refused(answer, 405);
    assert.match(answer.headers.allow, /POST/);
  }
});

test("GET queries are answered on purpose, for caches; with a session only to our own pages", async () => {
  assert.equal((await get({ query: ASK })).json.data.__typename, "Query");
  const cookie = "innesto-session=whatever";
  const other = { cookie, "sec-fetch-site": "cross-site", origin: "https://evil.example.invalid" };
  refused(await get({ query: ASK }, { headers: other }), 403);
  refused(await post({ query: ASK }, { headers: other }), 403);
});

test("POST-based CSRF: what a page can send without asking never executes", async () => {
  const query = 'mutation { requestSignInCode(input: { email: "nobody@example.invalid" }) { expiresAt } }';
  const form = new URLSearchParams({ query }).toString();
  const json = JSON.stringify({ query });
  for (const [type, body] of [
    ["application/x-www-form-urlencoded", form],
    ["application/x-www-form-urlencoded", json],
    ["text/plain", json],
    ["text/plain; application/json", json],
    ["multipart/form-data; boundary=x", `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${query}\r\n--x--\r\n`],
    ["application/graphql", query],
    [undefined, json],
  ]) {
    const headers = type ? { "content-type": type } : {};
    refused(await send({ headers, body }), 415);
    refused(await send({ headers, body, path: `/graphql?${form}` }), 415);
  }
});

test("pages of other sites are let ask as strangers on purpose: with no credentials, and to change nothing", async () => {
  const origin = "https://evil.example.invalid";
  const asks = { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization, content-type" };
  const preflight = await send({ method: "OPTIONS", headers: asks });
  assert.equal(preflight.headers["access-control-allow-headers"].includes("authorization"), false);
  const stranger = await post({ query: ASK }, { headers: { origin } });
  for (const { headers } of [preflight, stranger]) {
    assert.equal(headers["access-control-allow-origin"], "*");
    assert.equal(headers["access-control-allow-credentials"], undefined);
  }
  for (const credentials of [{ cookie: "innesto-session=whatever" }, { authorization: "Bearer inn_x" }]) {
    const { headers } = await post({ query: ASK }, { headers: { origin, ...credentials } });
    assert.equal(headers["access-control-allow-origin"], undefined);
  }
  const query = 'mutation { requestSignInCode(input: { email: "nobody@example.invalid" }) { expiresAt } }';
  refused(await post({ query }, { headers: { origin } }), 403);
});

test("trace mode: an answer holds no tracing, whatever is asked for", async () => {
  for (const headers of [{}, { "x-apollo-tracing": "1", "apollo-query-plan-experimental": "1", "graphql-trace": "1" }]) {
    const { json } = await post({ query: ASK, extensions: { tracing: true, trace: true, debug: true } }, { headers });
    assert.deepEqual(Object.keys(json), ["data"]);
  }
});

test("field suggestions: a wrong name is not completed", async () => {
  for (const query of ["{ __schema { directive } }", "{ practice { __typename } }", "{ practicess { nodes { slug } } }"]) {
    const answer = await post({ query });
    refused(answer, 400);
    assert.doesNotMatch(answer.text, /did you mean/i);
  }
});

test("introspection is answered on purpose: the schema is public, and is the one in the repository", async () => {
  const options = { specifiedByUrl: true, inputValueDeprecation: true, oneOf: true };
  const { json } = await post({ query: getIntrospectionQuery(options) });
  const print = (schema) => printSchema(lexicographicSortSchema(schema)).replace(/"""[^]*?"""\s*/g, "");
  assert.equal(print(buildClientSchema(json.data)), print(buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"))));
});

test("GraphiQL is served on purpose, at its own address, and can load nothing from elsewhere", async () => {
  const page = await send({ method: "GET", path: "/graphiql/", headers: { accept: "text/html" } });
  assert.equal(page.status, 200);
  const policy = page.headers["content-security-policy"];
  assert.match(policy, /default-src 'none'|default-src 'self'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /https?:|\*/);
  const api = await send({ method: "GET", headers: { accept: "text/html" } });
  assert.doesNotMatch(api.media, /html/);
  for (const path of ["/playground", "/console", "/graphql/console", "/altair", "/voyager"]) {
    assert.equal((await send({ method: "GET", path })).status, 404, path);
  }
});

test("unhandled errors: nonsense is refused in a sentence, without exception, stack or file names", async () => {
  for (const accept of [MODERN, PLAIN]) {
    for (const query of ["qwerty cop { abc }", "{", "\u0000", "query ($x: Nope) { __typename }", '{ node(id: "%s%n") { id } }']) {
      const answer = await post({ query }, { headers: { accept } });
      assert.doesNotMatch(answer.text, /exception|stack|panic|backtrace|\.rs\b|sqlx|async_graphql|0x[0-9a-f]{6}/i);
      for (const { extensions } of answer.json.errors) assert.ok(extensions.code && extensions.requestId, answer.text);
    }
  }
});
