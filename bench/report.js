// What was measured, as tables for people. A ratio is the hub's number over PostGraphile's of the same load.
import { cpus, loadavg, totalmem } from "node:os";

const number = (value, digits = 0) => value.toLocaleString("en", { maximumFractionDigits: digits, useGrouping: false });
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const sum = (list, of) => list.reduce((total, item) => total + of(item), 0);

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
  const line = (row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  ");
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
  const beside = (line) => lines.find((other) =>
    other.server === "postgraphile" && other.question === line.question && other.connections === line.connections);
  return lines.filter((line) => line.server !== "postgraphile" && beside(line)).map((line) => {
    const other = beside(line);
    const rounds = line.rates.map((rate, at) => rate / other.rates[at]);
    return {
      server: line.server, question: line.question, connections: line.connections, rate: line.rate / other.rate,
      least: Math.min(...rounds), most: Math.max(...rounds), p50: line.p50 / other.p50, p99: line.p99 / other.p99,
      processor: line.serverMicros / other.serverMicros, postgres: line.postgresMicros / other.postgresMicros,
      memory: line.memory / other.memory,
    };
  });
}

const named = (line) => [line.server, line.question, String(line.connections)];

/** Prints everything. */
export function tell({ lines, starts, ten }) {
  print(
    "Each server: requests per second; latency (ms); processor time per request (µs) of server, PostgreSQL and wrk; memory (MB)",
    ["server", "question", "connections", "req/s", "p50", "p99", "server µs", "postgres µs", "wrk µs", "MB"],
    lines.map((line) => [
      ...named(line), number(line.rate), number(line.p50 / 1000, 2), number(line.p99 / 1000, 2),
      number(line.serverMicros), number(line.postgresMicros), number(line.generatorMicros), number(line.memory / 1e6),
    ]),
  );
  print(
    "The hub over PostGraphile: more is better for req/s, less for the rest",
    ["server", "question", "connections", "req/s", "(rounds)", "p50", "p99", "server µs", "postgres µs", "MB"],
    ratios(lines).map((ratio) => [
      ...named(ratio), `${number(ratio.rate, 1)}×`, `(${number(ratio.least, 1)}–${number(ratio.most, 1)})`,
      ...[ratio.p50, ratio.p99, ratio.processor, ratio.postgres, ratio.memory].map((value) => number(value, 2)),
    ]),
  );
  print("From start to the first answer", ["server", "ms"], starts.map(({ name, millis }) => [name, number(millis)]));
  if (ten) console.log(`\nTen times the practices: p50 of a page ${number(ten.large / 1000, 2)} ms beside ${number(ten.small / 1000, 2)} ms, ${number(ten.large / ten.small, 2)}×`);
}
