// Requests and conversations made through the API, for the tests that need some to be there.
import assert from 'node:assert/strict';

const TOLD = 'replicationRequest { id number version state conversation { id } } userErrors { code field message }';

export class Life {
  /** Nardò asks, Bitonto owns; both by their coordinators' tokens. */
  constructor(site) {
    this.hub = site.hub;
    this.nardo = site.hub.token('coordinamento.nardo');
    this.bitonto = site.hub.token('coordinamento.bitonto');
  }

  async step(mutation, type, token, input) {
    const query = `mutation($input: ${type}!) { taken: ${mutation}(input: $input) { ${TOLD} } }`;
    const { taken } = await this.hub.ask(query, { input }, token);
    this.last = taken.replicationRequest;
    return this.last;
  }

  /** A request of Nardò's for a practice, taken as far as `to` along the way. */
  async make({ slug = 'incontra-bitonto', level = 'DOCUMENTS', to = 'SENT' } = {}) {
    const { practice } = await this.hub.ask(
      'query($slug: String!) { practice(by: { slug: $slug }) { id kit { id } owner { contacts(first: 1) { nodes { id } } } } }',
      { slug }, this.nardo);
    const need = 'Vorremmo aprire un centro per famiglie in due frazioni: ci serve capire come avete scritto il capitolato e scelto il partner.';
    await this.step('draftReplicationRequest', 'DraftReplicationRequestInput', this.nardo, {
      practice: practice.id, need, supportLevel: level, kitWanted: practice.kit.map(({ id }) => id),
    });
    const way = [
      ['SENT', 'sendReplicationRequest', 'SendReplicationRequestInput', this.nardo, {}],
      ['ACKNOWLEDGED', 'acknowledgeReplicationRequest', 'AcknowledgeReplicationRequestInput', this.bitonto, {}],
      ['ACCEPTED', 'acceptReplicationRequest', 'AcceptReplicationRequestInput', this.bitonto,
        { supportLevel: level, mentor: practice.owner.contacts.nodes[0].id, firstDate: inDays(7) }],
      ['IN_PROGRESS', 'startReplication', 'StartReplicationInput', this.nardo, { startedOn: inDays(0) }],
    ];
    for (const [state, mutation, type, token, more] of way) {
      if (this.last.state === to) break;
      await this.step(mutation, type, token, { id: this.last.id, ...more });
    }
    assert.equal(this.last.state, to);
    return this.last;
  }

  /** Takes the request back, so that the pair may ask anew. */
  withdraw({ id }) {
    return this.step('withdrawReplicationRequest', 'WithdrawReplicationRequestInput', this.nardo, { id, reason: 'OTHER' });
  }

  /** A message of one of the two, by its token. */
  async post(conversation, token, body) {
    const { postMessage } = await this.hub.ask(
      'mutation($input: PostMessageInput!) { postMessage(input: $input) { message { id } userErrors { message } } }',
      { input: { conversation, body } }, token);
    return postMessage.message;
  }
}

/** The day so many days from now, as fields of dates want it. */
export const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
