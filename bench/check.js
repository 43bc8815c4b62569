// Whether what is measured is right: answers agree, no load counts errors, every write is in the database.
import { deepStrictEqual, ok } from "node:assert/strict";
import { sql } from "./fill.js";

/** Asks each server each read once: none may be empty, and all must bring the same rows. */
export async function check(servers, question) {
  for (const read of question.reads) {
    const found = [];
    for (const server of servers) {
      const { data } = await server.ask(read[server.side]);
      found.push([server.name, read[server.side].rows(data)]);
    }
    for (const [name, rows] of found) {
      ok(Object.values(rows).every((count) => count > 0), `${name}, ${read.name}: ${JSON.stringify(rows)}`);
      deepStrictEqual(rows, found[0][1], `${read.name}: ${name} and ${found[0][0]} bring different rows`);
    }
  }
}

const messages = async (url) => Number((await sql(url, "SELECT COUNT(*) FROM message;"))[0][0]);

/** Around a load: what was there before, and whether what came of it is right. */
export const checkLoad = {
  async before(server, question, url) {
    if (question.writes) return { messages: await messages(url) };
    const [read] = question.reads;
    return { length: (await server.ask(read[server.side])).length };
  },

  async after(told, before, question, url) {
    const what = `${told.server}, ${told.question}, ${told.connections} connections`;
    ok(told.failed === 0, `${what}: ${told.failed} failed of ${told.requests}`);
    if (question.writes) {
      // wrk leaves when its time is up: the last write of each connection may be cut off, or land after we counted.
      const added = (await messages(url)) - before.messages;
      ok(Math.abs(added - told.written) <= told.connections, `${what}: ${added} of ${told.written} written`);
    } else if (told.requests > 0) {
      // An answer that is an error is shorter.
      ok(told.bytes / told.requests > before.length, `${what}: answers of ${told.bytes / told.requests} bytes`);
    }
  },
};

// Each counts what should not be there.
const WRONG = `
SELECT 'practices with wrong counters', COUNT(*) FROM practice p WHERE requests_count <>
  (SELECT COUNT(*) FROM replication_request r WHERE r.practice = p.id AND r.sent_at IS NOT NULL)
  OR active_requests <> (SELECT COUNT(*) FROM replication_request r WHERE r.practice = p.id
    AND r.state IN ('SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_PROGRESS'))
  OR replications_count <> (SELECT COUNT(*) FROM lineage_edge l WHERE l.parent = p.id);
SELECT 'territories with wrong counters', COUNT(*) FROM territory t WHERE practices_count <>
  (SELECT COUNT(*) FROM practice p WHERE p.owner = t.id AND p.status = 'PUBLISHED');
SELECT 'conversations with wrong counters', COUNT(*) FROM conversation c WHERE messages_count <>
  (SELECT COUNT(*) FROM message m WHERE m.conversation = c.id) OR messages_count <>
  (SELECT COALESCE(MAX(position), 0) FROM message m WHERE m.conversation = c.id);
SELECT 'requests whose story has gaps', COUNT(*) FROM replication_request r WHERE version <>
  (SELECT COUNT(*) FROM request_event e WHERE e.request = r.id);
SELECT 'numbers missing in the log', h.seq - (SELECT COUNT(*) FROM event) FROM log_head h;
`;

/** Whether a filled database is as the hub would have left it: so many rows, and counters that agree with them. */
export async function checkFilled(url, sizes) {
  for (const [what, count] of await sql(url, WRONG)) deepStrictEqual(Number(count), 0, `${what}: ${count}`);
  const tables = { practices: "practice", requests: "replication_request", messages: "message" };
  for (const [what, table] of Object.entries(tables)) {
    const [[count]] = await sql(url, `SELECT COUNT(*) FROM ${table};`);
    deepStrictEqual(Number(count), sizes[what], `${what} in ${table}`);
  }
}
