// The audit suite of GraphQL over HTTP, as the reference implementation publishes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { serverAudits } from "graphql-http";
import { HUB } from "./ask.js";

const audits = serverAudits({ url: `${HUB}/graphql` });
const passed = new Map();
const level = ({ name }) => name.match(/^(MUST|SHOULD|MAY)( NOT)?/)[1];

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, "ok", result.reason);
    passed.set(level(audit), (passed.get(level(audit)) ?? 0) + 1);
  });
}

test("every audit of every level passes", (t) => {
  for (const wanted of ["MUST", "SHOULD", "MAY"]) {
    const all = audits.filter((audit) => level(audit) === wanted).length;
    t.diagnostic(`${wanted}: ${passed.get(wanted) ?? 0} of ${all}`);
    assert.equal(passed.get(wanted), all);
  }
  // The count of the pinned version: a suite that shrinks unseen would prove nothing.
  assert.equal(audits.length, 61);
});
