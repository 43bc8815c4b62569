// What the examples are shown: the hub as the API tells it, and a change that everybody hears of.
import assert from "node:assert/strict";

/** Asks the hub; as a stranger, or with a token. */
export async function ask(query, variables = {}, { token, hub = process.env.HUB } = {}) {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${hub}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined, `${JSON.stringify(errors)}\n${query}`);
  return data;
}

const DRAFT = `mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) {
  replicationRequest { id practice { title } } userErrors { code } } }`;
const SEND = `mutation($input: SendReplicationRequestInput!) { sendReplicationRequest(input: $input) {
  userErrors { message } } }`;

/** Nardò asks for one more practice: the title of which. */
export async function happen({ HUB: hub, HUB_TOKEN: token } = process.env) {
  const { practices, territory } = await ask(
    `{ practices(first: 100) { nodes { id supportOffer { takesRequests } } } territory(by: { slug: "ambito-nardo" }) { id } }`, {}, { hub });
  for (const { id: practice, supportOffer } of practices.nodes) {
    if (!supportOffer.takesRequests) continue;
    const input = { practice, requester: territory.id, supportLevel: "DOCUMENTS", need: "Vorremmo fare altrettanto nelle nostre frazioni." };
    const { draftReplicationRequest: drafted } = await ask(DRAFT, { input }, { hub, token });
    // Its own, or asked for already: then the next.
    if (!drafted.replicationRequest) continue;
    const { id, practice: asked } = drafted.replicationRequest;
    const { sendReplicationRequest: sent } = await ask(SEND, { input: { id } }, { hub, token });
    assert.deepEqual(sent.userErrors, []);
    return asked.title;
  }
  assert.fail("there is no practice left to ask for");
}
