// GraphQL over HTTP (edition of September 2026), case by case: method, media types, status, and the shape of the answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MODERN, PLAIN, get, post, send, somewhere } from "./ask.js";
import { start } from "./hub.js";

const ASK = "{ __typename }";
const json = { "content-type": PLAIN };

/** Every error names its code and the request, and nothing that was not executed has `data`. */
function wellFormed(answer, media) {
  assert.equal(answer.media, media, answer.text);
  assert.match(answer.headers["content-type"], /; charset=utf-8$/);
  assert.match(answer.headers["x-request-id"], /^[0-9a-f]{32}$/);
  for (const { message, extensions } of answer.json.errors ?? []) {
    assert.equal(typeof message, "string");
    assert.match(extensions.code, /^[A-Z][A-Z_]+$/);
    assert.equal(extensions.requestId, answer.headers["x-request-id"]);
  }
}

test("Accept decides on the media type; the plain one where nothing is said", async () => {
  for (const [accept, media] of [
    [undefined, PLAIN],
    ["", PLAIN],
    ["*/*", PLAIN],
    ["application/*", PLAIN],
    [PLAIN, PLAIN],
    [MODERN, MODERN],
    [`${MODERN}; charset=utf-8, ${PLAIN}; charset=utf-8`, MODERN],
    [`${PLAIN}, ${MODERN}`, MODERN],
    [`${MODERN};q=0.2, ${PLAIN};q=0.8`, PLAIN],
    [`${PLAIN};q=0, */*`, MODERN],
    [`${MODERN}, */*;q=0.1`, MODERN],
    ["text/html, */*;q=0.1", PLAIN],
    ["Application/JSON", PLAIN],
  ]) {
    const headers = accept === undefined ? json : { ...json, accept };
    const answer = await send({ headers, body: JSON.stringify({ query: ASK }) });
    assert.equal(answer.status, 200, accept);
    wellFormed(answer, media);
    assert.deepEqual(answer.json, { data: { __typename: "Query" } });
  }
});

test("what cannot be accepted is 406, in JSON all the same", async () => {
  for (const accept of ["text/html", "application/xml", `${PLAIN};q=0`, `${MODERN};q=0, ${PLAIN};q=0, */*;q=0`, "nonsense"]) {
    const answer = await send({ headers: { ...json, accept }, body: JSON.stringify({ query: ASK }) });
    assert.equal(answer.status, 406, accept);
    wellFormed(answer, PLAIN);
    assert.equal(answer.json.errors[0].extensions.code, "ACCEPT");
  }
});

test("each way to fail has its status and code, in both media types", async () => {
  const own = (id) => ({ query: "query ($id: ID!) { node(id: $id) { id } }", variables: { id } });
  for (const [question, modern, plain, code] of [
    // Well-formed questions: the modern type tells by the status, the plain one by its body.
    [{ query: ASK }, 200, 200],
    [{ query: "{" }, 400, 200, "SYNTAX"],
    [{ query: "" }, 400, 200, "SYNTAX"],
    [{ query: "{ nope }" }, 400, 200, "VALIDATION"],
    [{ query: "query A { __typename } query B { __typename }" }, 422, 200, "OPERATION"],
    [{ query: "query A { __typename }", operationName: "C" }, 422, 200, "OPERATION"],
    [own(null), 400, 200, "VARIABLES"],
    [own({ an: "object" }), 400, 200, "VARIABLES"],
    [{ query: "query ($id: ID!) { node(id: $id) { id } }" }, 400, 200, "VARIABLES"],
    // Executed with an error: partial success.
    [own("nonsense"), 294, 200, "BAD_ARGUMENT"],
    [{ query: "{ viewerConversations { totalCount } }" }, 294, 200, "SIGN_IN_NEEDED"],
    // No questions at all.
    ["", 400, 400, "JSON"],
    ["NONSENSE", 400, 400, "JSON"],
    ['{"query":', 400, 400, "JSON"],
    ['{"query":"{ __typename }"} trailing', 400, 400, "JSON"],
    ["null", 400, 400, "QUESTION"],
    ["7", 400, 400, "QUESTION"],
    ["[]", 400, 400, "QUESTION"],
    [`["${ASK}"]`, 400, 400, "QUESTION"],
    ["{}", 400, 400, "QUESTION"],
    [{ qeury: ASK }, 400, 400, "QUESTION"],
    [{ query: null }, 400, 400, "QUESTION"],
    [{ query: 7 }, 400, 400, "QUESTION"],
    ['{"query":"{ a }","query":"{ __typename }"}', 400, 400, "QUESTION"],
    [{ query: ASK, variables: [] }, 400, 400, "QUESTION"],
    [{ query: ASK, extensions: 7 }, 400, 400, "QUESTION"],
    [{ query: ASK, operationName: {} }, 400, 400, "QUESTION"],
  ]) {
    for (const [accept, status] of [[MODERN, modern], [PLAIN, plain]]) {
      const answer = await post(question, { headers: { accept } });
      const told = `${JSON.stringify(question)} as ${accept}: ${answer.text}`;
      assert.equal(answer.status, status, told);
      wellFormed(answer, accept);
      assert.equal(answer.json.errors?.[0].extensions.code, code, told);
      assert.equal("data" in answer.json, !code || modern === 294, told);
    }
  }
});

test("properties that mean nothing are ignored, null is as good as nothing", async () => {
  const question = { query: ASK, variables: null, operationName: null, extensions: null, id: 7, more: [] };
  assert.deepEqual((await post(question)).json, { data: { __typename: "Query" } });
});

test("GET asks by the address", async () => {
  const named = "query A($slug: String!) { a: territory(by: { slug: $slug }) { slug } } query B { __typename }";
  for (const [parameters, status, data] of [
    [{ query: ASK }, 200, { __typename: "Query" }],
    [{ query: ASK, operationName: "", variables: "", extensions: "" }, 400],
    [{ query: ASK, operationName: "" }, 200, { __typename: "Query" }],
    [{ query: named, operationName: "A", variables: '{"slug":"ambito-nardo"}' }, 200, { a: { slug: "ambito-nardo" } }],
    [{ query: named, operationName: "B", variables: "{}" }, 200, { __typename: "Query" }],
    [{ query: "query null { __typename }", operationName: "null" }, 200, { __typename: "Query" }],
    [{ query: ASK, variables: "null", extensions: "null" }, 200, { __typename: "Query" }],
    [{ query: ASK, variables: "[1]" }, 400],
    [{ query: ASK, extensions: "nonsense" }, 400],
    [{ variables: "{}" }, 400],
    [{ query: "{ nope }" }, 400],
    [{ query: "mutation { __typename }" }, 405],
  ]) {
    const answer = await get(parameters);
    assert.equal(answer.status, status, `${JSON.stringify(parameters)}: ${answer.text}`);
    wellFormed(answer, MODERN);
    assert.deepEqual(answer.json.data, data);
  }
});

test("other methods are told which ones there are", async () => {
  for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
    const answer = await send({ method, headers: json, body: method === "OPTIONS" ? "" : JSON.stringify({ query: ASK }) });
    assert.equal(answer.status, 405, method);
    assert.match(answer.headers.allow, /POST/, method);
    wellFormed(answer, PLAIN);
  }
});

test("only JSON in UTF-8 is read", async () => {
  const body = JSON.stringify({ query: ASK });
  for (const [type, status] of [
    ["application/json", 200],
    ["application/json; charset=utf-8", 200],
    ['Application/JSON;charset="UTF-8"', 200],
    ["application/json; charset=utf-16", 415],
    ["application/json; charset=latin1", 415],
    ["application/graphql+json", 415],
    ["text/json", 415],
    ["application/xml", 415],
  ]) {
    assert.equal((await send({ headers: { "content-type": type }, body })).status, status, type);
  }
  assert.equal((await send({ headers: { ...json, "content-encoding": "gzip" }, body })).status, 415);
  assert.equal((await send({ headers: json, body: Buffer.from('{"query":"{ \xff }"}', "latin1") })).status, 400);
  assert.equal((await send({ headers: json, body: Buffer.from(JSON.stringify({ query: ASK }), "utf16le") })).status, 400);
});

test("a body of a mebibyte is read, one byte more is 413", async () => {
  const padded = (size) => JSON.stringify({ query: ASK }).replace("}\"", `}${" ".repeat(size - 26)}"`);
  assert.equal(Buffer.byteLength(padded(1 << 20)), 1 << 20);
  const most = await post(padded(1 << 20));
  assert.notEqual(most.json.errors?.[0].extensions.code, "TOO_LARGE");
  const over = await post(padded((1 << 20) + 1));
  assert.equal(over.status, 413);
  wellFormed(over, MODERN);
});

test("every answer says what it cost and what is left; what is spent is 429 with the time to wait", async () => {
  const here = somewhere();
  const asked = () => post({ query: "{ practices(first: 5) { nodes { slug } } }" }, { from: here });
  const first = await asked();
  const left = ({ headers }) => Number(/^"points";r=(\d+);t=\d+$/.exec(headers.ratelimit)[1]);
  assert.match(first.headers["ratelimit-policy"], /^"points";q=\d+;w=60$/);
  const cost = Number(first.headers["x-ratelimit-cost"]);
  assert.ok(cost > 0);
  assert.equal(left(first) - left(await asked()), cost);

  const poor = await start({ INNESTO_RATE_POINTS: String(cost) });
  try {
    const from = { hub: poor.url, from: here };
    const question = { query: "{ practices(first: 5) { nodes { slug } } }" };
    assert.equal((await post(question, from)).status, 200);
    const spent = await post(question, from);
    assert.equal(spent.status, 429);
    wellFormed(spent, MODERN);
    assert.equal(spent.json.errors[0].extensions.code, "RATE_LIMITED");
    const wait = Number(spent.headers["retry-after"]);
    assert.ok(wait >= 1 && wait <= 60, spent.headers["retry-after"]);
    assert.equal((await post(question, { hub: poor.url, from: somewhere() })).status, 200, "others have their own");
  } finally {
    await poor.stop();
  }
});

test("public answers to GET have an ETag and are not sent twice; those to a POST are not kept", async () => {
  const query = "{ practices(first: 3) { nodes { slug title } } }";
  const first = await get({ query });
  assert.equal(first.status, 200);
  const { etag, vary } = first.headers;
  assert.ok(etag, "no ETag");
  assert.match(first.headers["cache-control"], /public|no-cache|max-age/);
  assert.match(vary, /accept/i);
  assert.match(vary, /authorization/i);
  assert.match(vary, /cookie/i);
  const again = await get({ query }, { headers: { "if-none-match": etag } });
  assert.deepEqual([again.status, again.text, again.headers.etag], [304, "", etag]);
  const other = await get({ query }, { headers: { "if-none-match": '"another"' } });
  assert.equal(other.text, first.text);
  const posted = await post({ query });
  assert.match(posted.headers["cache-control"], /no-store|private/);
  assert.match(etag, /^W\//, "weak, since the media type may differ");
});
