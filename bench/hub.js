// The hub's own commands: a database as it makes and fills it, a token, and what it takes to serve.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fill, sql } from "./fill.js";
import { questions } from "./questions.js";
import { MEMBER } from "./rows.js";

export const root = join(import.meta.dirname, "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

/** The program that is measured: the release build; for a smoke run, whatever was built last. */
export function binary(smoke) {
  const found = (smoke ? ["debug", "release"] : ["release"]).map((profile) => join(target, profile, "innesto"));
  const program = found.find((path) => existsSync(path));
  if (!program) throw new Error(`there is no ${found.join(" or ")}: build it with \`cargo build${smoke ? "" : " --release"}\``);
  return program;
}

/** A filled database for the hub at `program`, with its own folder: a token for the member and what is asked there. */
export async function database({ program, url, folder, sizes }) {
  mkdirSync(folder, { recursive: true });
  const settings = { INNESTO_DATABASE_URL: url, INNESTO_DATA_DIR: folder, INNESTO_LOG: "warn" };
  const run = (...args) => {
    const options = { env: { ...process.env, ...settings }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };
    return execFileSync(program, args, options).trim();
  };
  run("migrate");
  run("import", "territories", join(root, "data/territories/territories.csv"));
  run("import", "vocabularies", join(root, "data/vocabularies.csv"));
  const before = performance.now();
  await fill(url, sizes);
  run("migrate");
  const fillSeconds = (performance.now() - before) / 1000;
  const scopes = "read:public,read:network,read:own,write:own";
  const token = run("token", "create", MEMBER, "--name", "bench", "--scopes", scopes, "--days", "7");
  return { url, settings, token, fillSeconds, asked: questions(await member(url)) };
}

/** The member, and 20 conversations to write in: of requests long done, so that no inbox changes by it. */
async function member(url) {
  const hex = (column) => (url.startsWith("sqlite:") ? `lower(hex(${column}))` : `replace(${column}::text, '-', '')`);
  const text = `SELECT ${hex("m.person")}, ${hex("m.territory")} FROM membership m JOIN person p ON p.id = m.person
    WHERE p.email = '${MEMBER}';`;
  const [[person, territory]] = await sql(url, text);
  const done = `SELECT ${hex("c.id")} FROM conversation c JOIN replication_request r ON r.id = c.request
    JOIN membership m ON m.territory = r.owner JOIN person p ON p.id = m.person
    WHERE p.email = '${MEMBER}' AND r.state = 'COMPLETED' ORDER BY r.updated_at, r.id LIMIT 20;`;
  return { person, territory, conversations: (await sql(url, done)).map(([id]) => id) };
}

/** How a hub on this database is started; `cache` false turns its answer cache off. */
export const hub = (name, program, { settings, token }, { cache }) => ({
  name,
  side: "hub",
  program,
  token,
  args: () => ["serve"],
  settings: (port) => ({
    ...settings,
    INNESTO_LISTEN: `127.0.0.1:${port}`,
    INNESTO_RATE_POINTS: "0",
    ...(cache ? {} : { INNESTO_ANSWER_CACHE_MB: "0" }),
  }),
});
