// `make bench`: the hub beside PostGraphile on one PostgreSQL database. `--help` tells what it takes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { check, checkFilled, checkLoad } from "./check.js";
import { sql } from "./fill.js";
import { binary, database, hub } from "./hub.js";
import { load } from "./load.js";
import { combine, machine, ratios, tell } from "./report.js";
import { node, Server, stopAll } from "./servers.js";

const HELP = `scripts/with-postgres.sh node bench/main.js [options]

  --practices N --requests N --messages N   what the databases hold (20000, 100000, 400000)
  --seconds N --rounds N                    of each load (3, 5)
  --times-ten                               also a page with ten times the practices
  --smoke                                   tiny: only whether everything works and answers agree`;

const { values: given } = parseArgs({
  options: {
    practices: { type: "string" }, requests: { type: "string" }, messages: { type: "string" },
    seconds: { type: "string" }, rounds: { type: "string" },
    "times-ten": { type: "boolean" }, smoke: { type: "boolean" }, help: { type: "boolean" },
  },
});
if (given.help) {
  console.log(HELP);
  process.exit(0);
}
const server = process.env.INNESTO_TEST_POSTGRES_URL;
if (!server) {
  console.error("bench: there is no PostgreSQL: run this under scripts/with-postgres.sh");
  process.exit(69);
}

const usual = given.smoke
  ? { practices: 200, requests: 1000, messages: 4000, seconds: 2, rounds: 1 }
  : { practices: 20_000, requests: 100_000, messages: 400_000, seconds: 3, rounds: 5 };
const option = (name) => {
  const value = Number(given[name] ?? usual[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 up`);
  return value;
};
const sizes = { practices: option("practices"), requests: option("requests"), messages: option("messages") };
const [seconds, rounds] = [option("seconds"), option("rounds")];
const program = binary(given.smoke);
const folder = mkdtempSync(join(tmpdir(), "innesto-bench."));
const results = join(import.meta.dirname, "results");
const databases = [];
mkdirSync(results, { recursive: true });

/** A database of our own on the PostgreSQL server, filled. */
async function postgres(name, sizes) {
  const database_name = `innesto_bench_${process.pid}_${name}`;
  await sql(server, `CREATE DATABASE ${database_name};`);
  databases.push(database_name);
  const url = new URL(server);
  url.pathname = `/${database_name}`;
  return filled(name, url.href, sizes);
}

async function filled(name, url, sizes) {
  const made = await database({ program, url, folder: join(folder, name), sizes });
  await checkFilled(url, sizes);
  console.log(`${name}: ${Object.entries(sizes).map(([what, n]) => `${n} ${what}`).join(", ")} in ${made.fillSeconds.toFixed(1)} s`);
  return made;
}

const start = (how, asked) => Server.start({ ...how, logs: results }, asked[0].reads[0]);

/** Loads every server with every question, taking turns; each question also alone, to see that answers agree. */
async function measure(servers, { asked, url }, postmaster) {
  const loads = [];
  for (const question of asked) {
    for (const connections of given.smoke ? [4] : [1, 16]) {
      await check(servers, question);
      for (let round = 0; round < rounds; round++) {
        for (const under of servers) {
          const told = await answered({ server: under, question, connections, postmaster, folder }, url);
          if (round === 0) console.log(`  ${under.name}, ${question.name}: ${told.command}`);
          loads.push(told);
        }
      }
    }
  }
  return loads;
}

/** A load that brought answers: where a machine is so busy that none came in time, it gets twice the time. */
async function answered(asked, url) {
  for (let time = seconds; ; time *= 2) {
    const before = await checkLoad.before(asked.server, asked.question, url);
    const told = await load({ ...asked, seconds: time });
    await checkLoad.after(told, before, asked.question, url);
    if (told.requests > 0) return told;
    if (time >= 32 * seconds) throw new Error(`${told.server}, ${told.question}: no answer in ${time} s`);
  }
}

/** The page's median without load, with the practices and with ten times as many, taking turns. */
async function timesTen(small) {
  const large = await postgres("ten", { ...sizes, practices: sizes.practices * 10 });
  const servers = [small, large].map((made, at) => hub(`hub ${at === 0 ? "once" : "ten times"}`, program, made, { cache: false }));
  const started = [await start(servers[0], small.asked), await start(servers[1], large.asked)];
  const loads = [];
  for (let round = 0; round < rounds; round++) {
    for (const under of started) {
      const asked = { server: under, question: large.asked[0], connections: 1, postmaster: null, folder };
      loads.push(await answered(asked, large.url));
    }
  }
  const lines = combine(loads);
  return { small: lines[0].p50, large: lines[1].p50 };
}

async function main() {
  const [[version]] = await sql(server, "SHOW server_version;");
  const [[postmaster]] = await sql(server, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1);");
  const shared = await postgres("postgres", sizes);
  const starts = [];
  const note = (started, name = started.name) => starts.push({ name, millis: started.startMillis });

  const other = {
    name: "postgraphile", side: "postgraphile", program: node(),
    args: (port) => [join(import.meta.dirname, "postgraphile.js"), shared.url, String(port)],
    settings: () => ({ NODE_ENV: "production", GRAPHILE_ENV: "production" }),
  };
  const servers = [];
  for (const how of [hub("hub", program, shared, { cache: true }), hub("hub, cache off", program, shared, { cache: false }), other]) {
    servers.push(await start(how, shared.asked));
    note(servers.at(-1));
  }
  const loads = await measure(servers, shared, Number(postmaster));
  await stopAll();

  const embedded = await filled("sqlite", `sqlite:${join(folder, "sqlite/innesto.db")}`, sizes);
  const alone = await start(hub("hub, SQLite, cache off", program, embedded, { cache: false }), embedded.asked);
  note(alone);
  loads.push(...(await measure([alone], embedded, null)));
  await stopAll();

  const ten = given["times-ten"] ? await timesTen(shared) : null;
  await stopAll();
  return { machine: machine(version), sizes, seconds, rounds, starts, ten, loads };
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopAll().finally(() => process.exit(130)));

try {
  const measured = await main();
  const lines = combine(measured.loads);
  console.log(`\n${JSON.stringify(measured.machine)}`);
  if (given.smoke) {
    console.log("Every answer was right, and the servers agree. A smoke run says nothing of speed.");
  } else {
    tell({ lines, ...measured });
    const file = join(results, `${new Date().toISOString().replaceAll(":", "-").slice(0, 19)}.json`);
    writeFileSync(file, `${JSON.stringify({ ...measured, lines, ratios: ratios(lines) }, null, 1)}\n`);
    console.log(`\nAll of it: ${file}`);
  }
} finally {
  await stopAll();
  for (const name of databases) await sql(server, `DROP DATABASE ${name} WITH (FORCE);`);
  rmSync(folder, { recursive: true, force: true });
}
