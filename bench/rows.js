// The rows of a hub that has been used for a year: practices of the real territories, requests and messages. The same
// numbers give the same rows. Counters and the log agree with the rows, as the hub itself would have kept them.
import { Chance, paragraph, sentence, uuid } from "./chance.js";

const FIRST_DAY = Date.UTC(2025, 0, 1);
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const KIND = { person: 1, contact: 2, practice: 3, request: 4, conversation: 5, message: 6 };
const CONTACTS_PER_TERRITORY = 5;

// A state, how many in a hundred requests are in it, the steps that led there, and who has to act next.
const STATES = [
  ["SENT", 6, ["create", "send"], "OWNER"],
  ["ACKNOWLEDGED", 8, ["create", "send", "acknowledge"], "OWNER"],
  ["ACCEPTED", 8, ["create", "send", "acknowledge", "accept"], "REQUESTER"],
  ["IN_PROGRESS", 10, ["create", "send", "acknowledge", "accept", "start"], "REQUESTER"],
  ["COMPLETED", 40, ["create", "send", "acknowledge", "accept", "start", "complete"], "OWNER"],
  ["DECLINED", 14, ["create", "send", "decline"], "NOBODY"],
  ["WITHDRAWN", 8, ["create", "send", "withdraw"], "NOBODY"],
  ["EXPIRED", 6, ["create", "send", "expire"], "NOBODY"],
];
const CARRIED = new Set(["SENT", "ACKNOWLEDGED", "ACCEPTED", "IN_PROGRESS"]);
const COMPLETED = STATES[4];
const STEPS = {
  create: ["DRAFT", "REQUESTER", "request.created"],
  send: ["SENT", "REQUESTER", "request.sent"],
  acknowledge: ["ACKNOWLEDGED", "OWNER", "request.acknowledged"],
  accept: ["ACCEPTED", "OWNER", "request.accepted"],
  start: ["IN_PROGRESS", "REQUESTER", "request.started"],
  complete: ["COMPLETED", "REQUESTER", "request.completed"],
  decline: ["DECLINED", "OWNER", "request.declined"],
  withdraw: ["WITHDRAWN", "REQUESTER", "request.withdrawn"],
  expire: ["EXPIRED", "SYSTEM", "request.expired"],
};
const STATE_BY_CHANCE = STATES.flatMap((state) => Array(state[1]).fill(state));

const TABLES = {
  person: { id: "uuid", email: "text", name: "text", language: "text", created_at: "time" },
  membership: { person: "uuid", territory: "uuid", role: "text", since: "time" },
  contact_person: {
    id: "uuid", territory: "uuid", person: "uuid", name: "text", role: "text", email: "text", visibility: "text",
    accepts_requests: "bool", created_at: "time",
  },
  practice: {
    id: "uuid", slug: "text", owner: "uuid", status: "text", title: "text", title_key: "text", abstract: "text",
    context: "text", objectives: "text", method: "text", results: "text", obstacles: "text", improvements: "text",
    replicability: "text", field: "text", other_fields: "json", targets: "json", tools: "json", funds: "json",
    places: "json", partners: "json", indicators: "json", core_elements: "json", adaptable_elements: "json",
    started_on: "text", budget_eur: "number", people_reached: "number", support_levels: "json",
    support_capacity: "number", support_open: "bool", evidence_level: "number", provenance: "text", sources: "json",
    requests_count: "number", active_requests: "number", replications_count: "number", created_by: "uuid",
    created_at: "time", updated_at: "time", published_at: "time",
  },
  practice_term: { scheme: "text", code: "text", practice: "uuid", weight: "number" },
  practice_contact: { practice: "uuid", contact: "uuid", position: "number" },
  lineage_edge: { child: "uuid", parent: "uuid", kind: "text", declared_at: "time", confirmed_at: "time" },
  replication_request: {
    id: "uuid", number: "text", practice: "uuid", requester: "uuid", owner: "uuid", author: "uuid", state: "text",
    state_since: "time", awaiting: "text", awaiting_since: "time", version: "number", support_level: "text",
    need: "text", kit_wanted: "json", follow_ups: "json", illustrative: "bool", created_at: "time",
    updated_at: "time", sent_at: "time",
  },
  request_number: { year: "number", last: "number" },
  request_event: {
    request: "uuid", version: "number", step: "text", from_state: "text", to_state: "text", party: "text",
    person: "uuid", at: "time", data: "json",
  },
  conversation: {
    id: "uuid", subject: "text", opened_by: "uuid", opened_to: "uuid", request: "uuid", messages_count: "number",
    created_at: "time", last_message_at: "time",
  },
  conversation_party: { conversation: "uuid", territory: "uuid", last_message_at: "time" },
  message: {
    id: "uuid", conversation: "uuid", position: "number", author: "uuid", on_behalf_of: "uuid", body: "text",
    via_email: "bool", sent_at: "time",
  },
  event: { seq: "number", at: "time", kind: "text", subject: "uuid", actor: "uuid", data: "json" },
};

/**
 * All rows, table after table in an order that foreign keys allow, as `[table, columns with their types, rows]`.
 * `sizes` has practices, requests and messages; `territories` are ids, `terms` codes by scheme, `head` the number of
 * the log's last event.
 */
export function* tables(sizes, { territories, terms, head }) {
  const hub = new Model(sizes, territories, terms);
  const log = new Log(head);
  const made = {
    person: hub.people.map((id, at) => [id, `servizi-sociali-${at}@bench.invalid`, `Servizi sociali ${at}`, "it", FIRST_DAY]),
    membership: hub.people.map((id, at) => [id, territories[at], "COORDINATOR", FIRST_DAY]),
    contact_person: hub.contactRows(),
    practice: hub.practiceRows(),
    practice_term: hub.termRows(),
    practice_contact: hub.linkRows(),
    lineage_edge: hub.edges.map(([child, parent]) => {
      const declared = hub.practices[child].at + HOUR;
      return [hub.practices[child].id, hub.practices[parent].id, "ADAPTED", declared, declared];
    }),
    replication_request: hub.requestRows(),
    request_number: [[2025, sizes.requests]],
    request_event: hub.storyRows(),
    conversation: hub.conversationRows(),
    conversation_party: hub.partyRows(),
    message: hub.messageRows(),
    event: log.rows(hub),
  };
  for (const [table, rows] of Object.entries(made)) yield [table, TABLES[table], rows];
}

/** The member whose inbox is measured: of the territory that was asked most. */
export const MEMBER = "servizi-sociali-0@bench.invalid";

/** What there is, with all that later rows and counters depend on. */
class Model {
  constructor(sizes, territories, terms) {
    const chance = new Chance(20250101);
    this.territories = territories;
    this.texts = Array.from({ length: 400 }, () => paragraph(chance, 2 + chance.below(3)));
    this.people = territories.map((_, at) => uuid(FIRST_DAY, KIND.person, at));
    this.practices = Array.from({ length: sizes.practices }, (_, at) => this.#practice(at, sizes.practices, terms, chance));
    this.edges = this.practices.flatMap((practice, child) => {
      if (child === 0 || chance.next() > 0.29) return [];
      const parent = chance.below(child);
      this.practices[parent].replications += 1;
      return [[child, parent]];
    });
    const open = new Set();
    this.requests = Array.from({ length: sizes.requests }, (_, at) => this.#request(at, sizes.requests, open, chance));
    this.messages = sizes.messages;
    for (let at = 0; at < sizes.messages; at++) chance.of(this.requests).messages += 1;
  }

  #practice(at, count, terms, chance) {
    const published = FIRST_DAY + Math.floor((at / count) * YEAR);
    // A few territories do much, most do little.
    const owner = Math.floor(chance.next() ** 2 * this.territories.length);
    const [field, ...other] = chance.some(terms.FIELD, 1 + chance.below(3));
    return {
      id: uuid(published, KIND.practice, at), at: published, owner, field, other,
      targets: chance.some(terms.TARGET, 1 + chance.below(4)), tools: chance.some(terms.TOOL, 2 + chance.below(4)),
      funds: chance.some(terms.FUND, 1 + chance.below(2)), title: sentence(chance, 5 + chance.below(5)),
      contacts: chance.some([...Array(CONTACTS_PER_TERRITORY).keys()], 2), seed: chance.below(1e9), requests: 0,
      active: 0, replications: 0,
    };
  }

  #request(at, count, open, chance) {
    const practice = chance.below(this.practices.length);
    const { owner } = this.practices[practice];
    const requester = (owner + 1 + chance.below(this.territories.length - 1)) % this.territories.length;
    let state = chance.of(STATE_BY_CHANCE);
    const pair = practice * this.territories.length + requester;
    // One open request for each practice and requester.
    if (CARRIED.has(state[0]) && open.has(pair)) state = COMPLETED;
    if (CARRIED.has(state[0])) open.add(pair);
    this.practices[practice].requests += 1;
    this.practices[practice].active += CARRIED.has(state[0]) ? 1 : 0;
    const created = FIRST_DAY + Math.floor((at / count) * YEAR);
    return { id: uuid(created, KIND.request, at), at: created, practice, requester, owner, state, messages: 0 };
  }

  text(number) {
    return this.texts[number % this.texts.length];
  }

  contact(territory, number) {
    return uuid(FIRST_DAY, KIND.contact, territory * CONTACTS_PER_TERRITORY + number);
  }

  *contactRows() {
    for (const [at, territory] of this.territories.entries()) {
      for (let n = 0; n < CONTACTS_PER_TERRITORY; n++) {
        const address = `ufficio-${n}.${at}@bench.invalid`;
        yield [
          this.contact(at, n), territory, n === 0 ? this.people[at] : null, `Ufficio ${n} di ${at}`,
          "Responsabile del servizio", address, n === 0 ? "PUBLIC" : "MEMBERS", n === 0, FIRST_DAY + n,
        ];
      }
    }
  }

  *practiceRows() {
    for (const [at, p] of this.practices.entries()) {
      const part = (n) => this.text(p.seed + 7 * n);
      yield [
        p.id, `pratica-${at}`, this.territories[p.owner], "PUBLISHED", p.title, p.title.toLowerCase(),
        part(0).slice(0, 400), part(1), part(2), part(3), part(4), part(5), part(6), part(7), p.field, p.other,
        p.targets, p.tools, p.funds, ["Centro storico"], [{ name: "Enti del Terzo settore", kind: "ETS" }], [],
        [part(8).slice(0, 80)], [part(9).slice(0, 80)], "2024-03", 10_000 + (p.seed % 90) * 1000, p.seed % 500,
        ["DOCUMENTS", "MENTORING"], p.active + 3, true, p.seed % 5, "ILLUSTRATIVE", [], p.requests, p.active,
        p.replications, this.people[p.owner], p.at - HOUR, p.at, p.at,
      ];
    }
  }

  *termRows() {
    for (const p of this.practices) {
      yield ["FIELD", p.field, p.id, 2];
      for (const code of p.other) yield ["FIELD", code, p.id, 1];
      for (const code of p.targets) yield ["TARGET", code, p.id, 1];
      for (const code of p.tools) yield ["TOOL", code, p.id, 1];
      for (const code of p.funds) yield ["FUND", code, p.id, 1];
    }
  }

  *linkRows() {
    for (const p of this.practices) {
      for (const [position, contact] of p.contacts.entries()) yield [p.id, this.contact(p.owner, contact), position];
    }
  }

  *requestRows() {
    for (const [at, r] of this.requests.entries()) {
      const [state, , steps, awaiting] = r.state;
      const last = r.at + (steps.length - 1) * HOUR;
      yield [
        r.id, `REQ-2025-${String(at + 1).padStart(4, "0")}`, this.practices[r.practice].id,
        this.territories[r.requester], this.territories[r.owner], this.people[r.requester], state, last, awaiting,
        last, steps.length, "MENTORING", this.text(at), [], [], true, r.at, last, r.at + HOUR,
      ];
    }
  }

  *storyRows() {
    for (const r of this.requests) {
      let from = null;
      for (const [at, step] of r.state[2].entries()) {
        const [to, party] = STEPS[step];
        yield [r.id, at + 1, step, from, to, party, this.#actor(r, party), r.at + at * HOUR, {}];
        from = to;
      }
    }
  }

  #actor(request, party) {
    return party === "SYSTEM" ? null : this.people[party === "OWNER" ? request.owner : request.requester];
  }

  conversation(at) {
    return uuid(this.requests[at].at + HOUR, KIND.conversation, at);
  }

  /** When a message was sent: request after request in steps of a minute, so that positions and times rise together. */
  sent(request, position) {
    return request.at + HOUR + position * 60_000;
  }

  *conversationRows() {
    for (const [at, r] of this.requests.entries()) {
      yield [
        this.conversation(at), this.practices[r.practice].title, this.territories[r.requester],
        this.territories[r.owner], r.id, r.messages, r.at + HOUR, this.sent(r, r.messages),
      ];
    }
  }

  *partyRows() {
    for (const [at, r] of this.requests.entries()) {
      for (const party of [r.requester, r.owner]) {
        yield [this.conversation(at), this.territories[party], this.sent(r, r.messages)];
      }
    }
  }

  /** `[id, request, its number, position, side that writes, when]` of each message. */
  *letters() {
    let number = 0;
    for (const [at, r] of this.requests.entries()) {
      for (let position = 1; position <= r.messages; position++) {
        const sent = this.sent(r, position);
        yield [uuid(sent, KIND.message, number++), r, at, position, position % 2 ? r.requester : r.owner, sent];
      }
    }
  }

  *messageRows() {
    for (const [id, , at, position, side, sent] of this.letters()) {
      const body = this.text(at + 31 * position);
      yield [id, this.conversation(at), position, this.people[side], this.territories[side], body, false, sent];
    }
  }

  /** What the log tells of a request. */
  news(request, step, version, at) {
    const [, party, kind] = STEPS[step];
    const data = {
      practice: this.practices[request.practice].id, requester: this.territories[request.requester],
      owner: this.territories[request.owner], version, party,
    };
    return [at, kind, request.id, this.#actor(request, party), data];
  }
}

/** The log: every event that these rows came of, numbered after `head`. */
class Log {
  constructor(head) {
    this.seq = head;
  }

  *rows(hub) {
    for (const event of this.#events(hub)) yield [++this.seq, ...event];
  }

  *#events(hub) {
    for (const p of hub.practices) {
      const data = { owner: hub.territories[p.owner] };
      yield [p.at - HOUR, "practice.created", p.id, hub.people[p.owner], data];
      yield [p.at, "practice.published", p.id, null, data];
    }
    for (const [child, parent] of hub.edges) {
      const { id, at } = hub.practices[child];
      yield [at + HOUR, "lineage.confirmed", id, null, { parent: hub.practices[parent].id }];
    }
    for (const [at, r] of hub.requests.entries()) {
      for (const [n, step] of r.state[2].entries()) yield hub.news(r, step, n + 1, r.at + n * HOUR);
      const parties = { from: hub.territories[r.requester], to: hub.territories[r.owner], request: r.id };
      yield [r.at + HOUR, "conversation.started", hub.conversation(at), null, parties];
    }
    for (const [id, , at, position, side, sent] of hub.letters()) {
      const data = { message: id, territory: hub.territories[side], position };
      yield [sent, "conversation.message_posted", hub.conversation(at), hub.people[side], data];
    }
  }
}
