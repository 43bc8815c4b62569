// One load: wrk against one server for some seconds, with what it cost the server, PostgreSQL and wrk itself.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { memory, processor, processorOfFamily } from "./proc.js";

const WRITE_EVERY = 20;
const quoted = (text) => `[==[${text}]==]`;
const list = (texts) => `{${texts.map(quoted).join(",\n")}}`;
const body = ({ query, variables }) => JSON.stringify({ query: query.replace(/\s+/g, " "), variables });

// Numbers of written messages never repeat in a run; far above those of the generated ones.
let first = 1_000_000;

/** Asks `question` over so many connections; gives back rates, latencies and costs. */
export async function load({ server, question, connections, seconds, postmaster, folder }) {
  const writes = question.writes?.[server.side].map(body) ?? [];
  const reads = question.reads.map((read) => read[server.side]);
  // One load has one set of headers: where not all that is asked is public, the member asks everything.
  const asker = reads.find((read) => !read.anonymous) ?? reads[0];
  const headers = Object.entries(server.headers(asker)).map(([name, value]) => `[ ${quoted(name)} ] = ${quoted(value)}`);
  const plan = join(folder, "plan.lua");
  writeFileSync(
    plan,
    `return { headers = {${headers}}, reads = ${list(reads.map(body))},
      writes = ${list(writes)}, every = ${writes.length > 0 ? WRITE_EVERY : 0}, first = ${first} }`,
  );
  first += 1_000_000;
  const args = ["--threads=1", `--connections=${connections}`, `--duration=${seconds}s`, "--timeout=30s",
    `--script=${join(import.meta.dirname, "load.lua")}`, `http://127.0.0.1:${server.port}/graphql`, plan];
  const cost = () => ({ server: processor(server.pid), postgres: postmaster ? processorOfFamily(postmaster) : 0 });
  const before = cost();
  const wrk = spawn("wrk", args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  wrk.stdout.setEncoding("utf8").on("data", (piece) => (printed += piece));
  let [most, generator] = [0, 0];
  const watch = setInterval(() => {
    most = Math.max(most, memory(server.pid));
    generator = Math.max(generator, processor(wrk.pid));
  }, 50);
  const [code] = await once(wrk, "close");
  clearInterval(watch);
  const after = cost();
  const line = printed.split("\n").find((text) => text.startsWith("LOAD "));
  if (code !== 0 || !line) throw new Error(`wrk ended with ${code}: ${printed}`);
  const told = JSON.parse(line.slice(5));
  return {
    server: server.name, question: question.name, connections, command: ["wrk", ...args].join(" "), ...told,
    serverMicros: after.server - before.server, postgresMicros: after.postgres - before.postgres,
    generatorMicros: generator, memory: most,
  };
}
