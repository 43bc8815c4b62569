// What was measured, as tables for people. A ratio is the hub's number over PostGraphile's of the same load.
import { cpus, loadavg, totalmem } from "node:os";

const number = (value, digits = 0) => value.toLocaleString("en", { maximumFractionDigits: digits, useGrouping: false });
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const sum = (list, of) => list.reduce((total, item) => total + of(item), 0);

// What the hub is to reach; README.md says why so much. Ratios are over PostGraphile's number.
const GOALS = {
  rate: { page: { hub: 25, "hub, cache off": 5 }, inbox: { hub: 4, "hub, cache off": 4 } },
  p50: 1 / 3, memory: 1 / 3, bytes: 150e6, start: 1 / 8, startMillis: 200, ten: 1.5,
};
const atLeast = (goal, value, limit) => ({ goal, met: value >= limit });
const atMost = (goal, value, limit) => ({ goal, met: value <= limit });
const below = (goal, value, limit) => ({ goal, met: value < limit });
const judged = (goals) => goals.map(({ goal, met }) => `${goal} ${met ? "met" : "missed"}`).join(", ");

/** On what it was measured. */
export const machine = (postgres) => ({
  processors: cpus().length,
  model: cpus()[0]?.model ?? "unknown",
  memoryGiB: number(totalmem() / 2 ** 30, 1),
  load: loadavg().map((value) => number(value, 2)).join(" "),
  node: process.version,
  postgres,
});

function print(title, head, rows) {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)));
  const isText = (at) => at === 0 || head[at] === "goal";
  const padded = (cell, at) => (isText(at) ? cell.padEnd(widths[at]) : cell.padStart(widths[at]));
  const line = (row) => row.map(padded).join("  ").trimEnd();
  console.log(`\n${title}\n${[head, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n")}`);
}

/** One line for each server, question and number of connections, all its rounds together. */
export function combine(loads) {
  const groups = Map.groupBy ? Map.groupBy(loads, key) : grouped(loads);
  return [...groups.values()].map((rounds) => {
    const requests = sum(rounds, (load) => load.requests);
    const each = (of) => sum(rounds, of) / requests;
    return {
      server: rounds[0].server, question: rounds[0].question, connections: rounds[0].connections,
      rates: rounds.map((load) => (load.requests / load.micros) * 1e6),
      rate: (requests / sum(rounds, (load) => load.micros)) * 1e6,
      p50: median(rounds.map((load) => load.p50)), p99: median(rounds.map((load) => load.p99)),
      serverMicros: each((load) => load.serverMicros), postgresMicros: each((load) => load.postgresMicros),
      generatorMicros: each((load) => load.generatorMicros), memory: Math.max(...rounds.map((load) => load.memory)),
    };
  });
}

const key = (load) => `${load.server}|${load.question}|${load.connections}`;
function grouped(loads) {
  const groups = new Map();
  for (const load of loads) groups.set(key(load), [...(groups.get(key(load)) ?? []), load]);
  return groups;
}

/** The hub's rates, latencies, costs and memory over PostGraphile's, with the least and the greatest round's ratio. */
export function ratios(lines) {
  const most = Math.max(...lines.map((line) => line.connections));
  const beside = (line) => lines.find((other) =>
    other.server === "postgraphile" && other.question === line.question && other.connections === line.connections);
  return lines.filter((line) => line.server !== "postgraphile" && beside(line)).map((line) => {
    const other = beside(line);
    const rounds = line.rates.map((rate, at) => rate / other.rates[at]);
    const ratio = {
      server: line.server, question: line.question, connections: line.connections, rate: line.rate / other.rate,
      least: Math.min(...rounds), most: Math.max(...rounds), p50: line.p50 / other.p50, p99: line.p99 / other.p99,
      processor: line.serverMicros / other.serverMicros, postgres: line.postgresMicros / other.postgresMicros,
      memory: line.memory / other.memory,
    };
    const rate = GOALS.rate[line.question]?.[line.server];
    return {
      ...ratio,
      goals: [
        ...(rate && line.connections === most ? [atLeast(`req/s ≥ ${rate}×`, ratio.rate, rate)] : []),
        ...(line.question === "page" && line.connections === 1 ? [atMost("p50 ≤ 1/3", ratio.p50, GOALS.p50)] : []),
        atMost("MB ≤ 1/3", ratio.memory, GOALS.memory),
      ],
    };
  });
}

/** How long each server took to its first answer, and the hub's goals in that. */
export function startGoals(starts) {
  const other = starts.find(({ name }) => name === "postgraphile");
  return starts.map((start) => {
    if (start === other) return { ...start, goals: [] };
    const isEmbedded = start.name.includes("SQLite");
    const goal = isEmbedded
      ? below("< 200 ms", start.millis, GOALS.startMillis)
      : atMost("≤ 1/8", start.millis / other.millis, GOALS.start);
    return { ...start, goals: [goal] };
  });
}

const named = (line) => [line.server, line.question, String(line.connections)];

/** Prints everything. */
export function tell({ lines, starts, ten }) {
  print(
    "Each server: requests per second; latency (ms); processor time per request (µs) of server, PostgreSQL and wrk; memory (MB)",
    ["server", "question", "connections", "req/s", "p50", "p99", "server µs", "postgres µs", "wrk µs", "MB", "goal"],
    lines.map((line) => [
      ...named(line), number(line.rate), number(line.p50 / 1000, 2), number(line.p99 / 1000, 2),
      number(line.serverMicros), number(line.postgresMicros), number(line.generatorMicros), number(line.memory / 1e6),
      line.server === "postgraphile" ? "" : judged([atMost("≤ 150 MB", line.memory, GOALS.bytes)]),
    ]),
  );
  print(
    "The hub over PostGraphile: more is better for req/s, less for the rest",
    ["server", "question", "connections", "req/s", "(rounds)", "p50", "p99", "server µs", "postgres µs", "MB", "goal"],
    ratios(lines).map((ratio) => [
      ...named(ratio), `${number(ratio.rate, 1)}×`, `(${number(ratio.least, 1)}–${number(ratio.most, 1)})`,
      ...[ratio.p50, ratio.p99, ratio.processor, ratio.postgres, ratio.memory].map((value) => number(value, 2)),
      judged(ratio.goals),
    ]),
  );
  print("From start to the first answer", ["server", "ms", "goal"],
    startGoals(starts).map(({ name, millis, goals }) => [name, number(millis), judged(goals)]));
  if (!ten) return;
  const times = ten.large / ten.small;
  console.log(`\nTen times the practices: p50 of a page ${number(ten.large / 1000, 2)} ms beside ${number(ten.small / 1000, 2)} ms, ${number(times, 2)}×; ${judged([atMost("goal ≤ 1.5×", times, GOALS.ten)])}`);
}
