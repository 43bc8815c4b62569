// Documents known by their hash: automatic persisted queries, and trusted documents from a file.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { MODERN, PLAIN, get, post } from "./ask.js";
import { run, start } from "./hub.js";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const persisted = (hash) => ({ persistedQuery: { version: 1, sha256Hash: hash } });
const code = ({ json }) => json.errors[0].extensions.code;
let fresh = 0;
/** A document that nobody has asked by yet. */
const unseen = () => `query Unseen${process.pid}x${++fresh} { __typename }`;

describe("automatic persisted queries", () => {
  test("a hash is unknown until its document was shown, then enough, by POST and by GET", async () => {
    const query = unseen();
    const extensions = persisted(sha256(query));
    const first = await post({ extensions });
    assert.equal(code(first), "PERSISTED_QUERY_NOT_FOUND");
    // Apollo's and urql's clients look for this very message.
    assert.equal(first.json.errors[0].message, "PersistedQueryNotFound");
    assert.ok(!("data" in first.json));
    assert.equal((await post({ query, extensions })).status, 200);
    const known = await post({ extensions });
    assert.deepEqual(known.json, { data: { __typename: "Query" } });
    const got = await get({ extensions: JSON.stringify(extensions) });
    assert.deepEqual(got.json, { data: { __typename: "Query" } });
  });

  test("an older client, which takes plain JSON, is told in a 200", async () => {
    const answer = await post({ extensions: persisted(sha256(unseen())) }, { headers: { accept: PLAIN } });
    assert.deepEqual([answer.status, code(answer)], [200, "PERSISTED_QUERY_NOT_FOUND"]);
  });

  test("a document is shown by GET too", async () => {
    const query = unseen();
    const extensions = JSON.stringify(persisted(sha256(query)));
    assert.equal(code(await get({ extensions })), "PERSISTED_QUERY_NOT_FOUND");
    assert.equal((await get({ query, extensions })).status, 200);
    assert.equal((await get({ extensions })).status, 200);
  });

  test("a hash of another document is refused and keeps nothing", async () => {
    const [query, other] = [unseen(), unseen()];
    const answer = await post({ query, extensions: persisted(sha256(other)) });
    assert.deepEqual([answer.status, code(answer)], [400, "PERSISTED_QUERY_MISMATCH"]);
    for (const text of [query, other]) {
      assert.equal(code(await post({ extensions: persisted(sha256(text)) })), "PERSISTED_QUERY_NOT_FOUND");
    }
  });

  test("a document that is not valid is not kept", async () => {
    const query = `query Wrong${process.pid} { nope }`;
    assert.equal(code(await post({ query, extensions: persisted(sha256(query)) })), "VALIDATION");
    assert.equal(code(await post({ extensions: persisted(sha256(query)) })), "PERSISTED_QUERY_NOT_FOUND");
  });

  test("a known mutation cannot be asked by GET", async () => {
    const query = `mutation Known${process.pid} { __typename }`;
    const extensions = persisted(sha256(query));
    assert.equal((await post({ query, extensions })).status, 200);
    assert.equal((await get({ extensions: JSON.stringify(extensions) })).status, 405);
  });

  test("what is no hash is refused with a sentence", async () => {
    for (const wrong of [
      { persistedQuery: 7 },
      { persistedQuery: { version: 2, sha256Hash: sha256(unseen()) } },
      { persistedQuery: { version: 1, sha256Hash: "abc" } },
      { persistedQuery: { version: 1 } },
    ]) {
      const answer = await post({ extensions: wrong });
      assert.equal(answer.status, 400, answer.text);
      assert.ok(!("data" in answer.json));
    }
  });
});

describe("trusted documents", () => {
  const trusted = "query Trusted($first: Int) { practices(first: $first) { nodes { slug } } }";
  const folder = mkdtempSync(join(tmpdir(), "innesto-documents-"));
  const file = join(folder, "documents.json");
  writeFileSync(file, JSON.stringify({ [sha256(trusted)]: trusted }));
  let hub;
  let token;
  before(async () => {
    hub = await start({ INNESTO_TRUSTED_DOCUMENTS: file, INNESTO_TRUSTED_ONLY: "yes" });
    token = await run(hub, "token", "create", "coordinamento.bitonto@example.invalid", "--name", "prova", "--scopes", "read:own");
  });
  after(async () => {
    await hub?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const ask = (question, headers = {}) => post(question, { hub: hub.url, headers });

  test("are answered to everybody by their name, by their hash or by their text", async () => {
    const variables = { first: 1 };
    for (const question of [
      { documentId: `sha256:${sha256(trusted)}`, variables },
      { extensions: persisted(sha256(trusted)), variables },
      { query: trusted, variables },
    ]) {
      const answer = await ask(question);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.json.data.practices.nodes.length, 1);
    }
    const extensions = JSON.stringify(persisted(sha256(trusted)));
    const got = await get({ extensions, variables: JSON.stringify(variables) }, { hub: hub.url });
    assert.equal(got.json.data.practices.nodes.length, 1);
  });

  test("others are refused to who is not signed in, shown with their hash or not", async () => {
    for (const question of [
      { query: "{ __typename }" },
      { query: `${trusted} ` },
      { query: "{ __typename }", extensions: persisted(sha256("{ __typename }")) },
    ]) {
      const answer = await ask(question);
      assert.deepEqual([answer.status, code(answer)], [403, "DOCUMENT_NOT_TRUSTED"], answer.text);
      assert.ok(!("data" in answer.json));
    }
    assert.equal(code(await ask({ extensions: persisted(sha256("{ __typename }")) })), "PERSISTED_QUERY_NOT_FOUND");
  });

  test("who is signed in may ask anything", async () => {
    const answer = await ask({ query: "{ viewer { signedInWith } }" }, { authorization: `Bearer ${token}` });
    assert.deepEqual(answer.json, { data: { viewer: { signedInWith: "TOKEN" } } });
    assert.equal(answer.media, MODERN);
  });

  test("a file that is none, or lies about a hash, keeps the hub from starting and says why", async () => {
    for (const [text, told] of [
      ["nonsense", /documents\.json is not a JSON object/],
      [JSON.stringify({ [sha256("{ a }")]: "{ b }" }), /has the SHA-256/],
    ]) {
      writeFileSync(file, text);
      await assert.rejects(start({ INNESTO_TRUSTED_DOCUMENTS: file }).then((hub) => hub.stop()), told);
    }
  });
});
