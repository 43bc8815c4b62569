// The same three questions for both servers, and how many rows an answer to each brought.

/** The text that clients outside know an object by: its kind and its UUID (32 hex digits). */
export const opaque = (kind, hex) => Buffer.concat([Buffer.from(`${kind}:`), Buffer.from(hex, "hex")]).toString("base64url");

const dashed = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
const sum = (list, of) => list.reduce((total, item) => total + of(item), 0);

/** What everybody may read, so nobody signs in for it: 20 published practices with owner, two contacts, terms and the number of requests. */
const page = {
  name: "page",
  hub: {
    anonymous: true,
    query: `query BenchPage {
      practices(first: 20) {
        nodes {
          id slug title abstract publishedAt requestsCount
          owner { name province { code } }
          contacts { name role }
          field { code } otherFields { code } targets { code } tools { code } funds { code }
        }
      }
    }`,
    rows: ({ practices: { nodes } }) => ({
      practices: nodes.length,
      owners: nodes.filter((p) => p.owner.name !== "").length,
      contacts: sum(nodes, (p) => p.contacts.length),
      terms: sum(nodes, (p) => 1 + p.otherFields.length + p.targets.length + p.tools.length + p.funds.length),
      requests: sum(nodes, (p) => p.requestsCount),
    }),
  },
  postgraphile: {
    query: `query BenchPage {
      allPractices(first: 20, condition: { status: "PUBLISHED" }, orderBy: [PUBLISHED_AT_DESC, ROW_ID_DESC]) {
        nodes {
          rowId slug title abstract publishedAt requestsCount
          territoryByOwner { name province }
          practiceContactsByPractice(first: 2) { nodes { contactPersonByContact { name role } } }
          practiceTermsByPractice { nodes { scheme code } }
        }
      }
    }`,
    rows: ({ allPractices: { nodes } }) => ({
      practices: nodes.length,
      owners: nodes.filter((p) => p.territoryByOwner.name !== "").length,
      contacts: sum(nodes, (p) => p.practiceContactsByPractice.nodes.length),
      terms: sum(nodes, (p) => p.practiceTermsByPractice.nodes.length),
      requests: sum(nodes, (p) => Number(p.requestsCount)),
    }),
  },
};

/** 20 requests that the member's territory received, with practice and the last five messages. */
const inbox = (territory) => ({
  name: "inbox",
  hub: {
    query: `query BenchInbox($territory: ID!) {
      replicationRequests(first: 20, filter: { territory: $territory, direction: RECEIVED }) {
        nodes {
          id number state updatedAt
          practice { title slug }
          conversation { id messages(last: 5) { nodes { position sentAt body { source } } } }
        }
      }
    }`,
    variables: { territory: opaque("Territory", territory) },
    rows: ({ replicationRequests: { nodes } }) => ({
      requests: nodes.length,
      practices: nodes.filter((r) => r.practice.title !== "").length,
      messages: sum(nodes, (r) => r.conversation.messages.nodes.length),
      characters: sum(nodes, (r) => sum(r.conversation.messages.nodes, (m) => m.body.source.length)),
    }),
  },
  postgraphile: {
    query: `query BenchInbox($territory: UUID!) {
      allReplicationRequests(first: 20, condition: { owner: $territory }, orderBy: [UPDATED_AT_DESC, ROW_ID_DESC]) {
        nodes {
          rowId number state updatedAt
          practiceByPractice { title slug }
          conversationByRequest {
            rowId messagesByConversation(first: 5, orderBy: POSITION_DESC) { nodes { position sentAt body } }
          }
        }
      }
    }`,
    variables: { territory: dashed(territory) },
    rows: ({ allReplicationRequests: { nodes } }) => ({
      requests: nodes.length,
      practices: nodes.filter((r) => r.practiceByPractice.title !== "").length,
      messages: sum(nodes, (r) => r.conversationByRequest.messagesByConversation.nodes.length),
      characters: sum(nodes, (r) => sum(r.conversationByRequest.messagesByConversation.nodes, (m) => m.body.length)),
    }),
  },
});

const BODY = "Buongiorno, abbiamo ricevuto i documenti e proponiamo un incontro nella prossima settimana utile.";

/**
 * A message in one of these conversations (32 hex digits each). `@UUID@` and `@NUMBER@` are new for each request. The
 * hub checks who writes, numbers the message, writes to the log and sends mails; PostGraphile inserts the row.
 */
const writes = (conversations, { person, territory }) => ({
  hub: conversations.map((id) => ({
    query: `mutation BenchWrite($input: PostMessageInput!) {
      postMessage(input: $input) { message { id position } userErrors { code } }
    }`,
    variables: { input: { conversation: opaque("Conversation", id), body: BODY } },
  })),
  postgraphile: conversations.map((id) => ({
    query: `mutation BenchWrite($message: MessageInput!) {
      createMessage(input: { message: $message }) { message { rowId position } }
    }`,
    variables: {
      message: {
        rowId: "@UUID@", conversation: dashed(id), position: "@NUMBER@", author: dashed(person),
        onBehalfOf: dashed(territory), body: BODY, viaEmail: false, sentAt: "2025-12-31T12:00:00Z",
      },
    },
  })),
});

/** What is asked for in this database: page, inbox, and both with one message written in twenty requests. */
export function questions({ person, territory, conversations }) {
  const member = inbox(territory);
  return [
    { name: "page", reads: [page], writes: null },
    { name: "inbox", reads: [member], writes: null },
    { name: "mixed", reads: [page, member], writes: writes(conversations, { person, territory }) },
  ];
}
