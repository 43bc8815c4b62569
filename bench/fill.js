// Fills a database that `innesto migrate` made: PostgreSQL by COPY through psql, SQLite by INSERT through sqlite3.
// Both read one text from standard input, in one transaction.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tables } from "./rows.js";

// Ids inside JSON are text with dashes, as the hub writes them; 32 hex digits that begin a UUID of ours are nothing else.
const dashed = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
const isId = (value) => typeof value === "string" && /^[0-9a-f]{12}7[0-9a-f]{19}$/.test(value);
const json = (value) => JSON.stringify(value, (_, inner) => (isId(inner) ? dashed(inner) : inner));

const POSTGRES = {
  client: (url) => ["psql", ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", url]],
  // Foreign keys are not checked: SQLite, which gets the same rows, checks them, and here it would take twice as long.
  begin: "BEGIN;\nSET LOCAL session_replication_role = replica;\n",
  *table(table, columns, rows) {
    const types = Object.values(columns);
    yield `COPY ${table} (${Object.keys(columns).join(", ")}) FROM STDIN;\n`;
    for (const row of rows) yield `${types.map((type, at) => POSTGRES.value(type, row[at])).join("\t")}\n`;
    yield "\\.\n";
  },
  value(type, value) {
    if (value === null) return "\\N";
    if (type === "time") return new Date(value).toISOString();
    const text = type === "json" ? json(value) : String(value);
    return text.replace(/[\\\n\r\t]/g, (c) => ({ "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c]);
  },
  // Without statistics the planner guesses; the hint bits are set now and not by whoever is measured first.
  end: "COMMIT;\nVACUUM ANALYZE;\n",
};

const SQLITE = {
  client: (url) => ["sqlite3", ["-bail", url.replace(/^sqlite:/, "")]],
  begin: "PRAGMA foreign_keys = ON;\nBEGIN;\n",
  *table(table, columns, rows) {
    const types = Object.values(columns);
    const insert = `INSERT INTO ${table} (${Object.keys(columns).join(", ")}) VALUES\n`;
    let lot = [];
    for (const row of rows) {
      lot.push(`(${types.map((type, at) => SQLITE.value(type, row[at])).join(", ")})`);
      if (lot.length === 200) {
        yield `${insert}${lot.join(",\n")};\n`;
        lot = [];
      }
    }
    if (lot.length > 0) yield `${insert}${lot.join(",\n")};\n`;
  },
  value(type, value) {
    if (value === null) return "NULL";
    if (type === "uuid") return `x'${value}'`;
    if (type === "time") return String(value * 1000);
    if (type === "number") return String(value);
    if (type === "bool") return value ? "1" : "0";
    return `'${(type === "json" ? json(value) : value).replaceAll("'", "''")}'`;
  },
  end: "COMMIT;\nANALYZE;\n",
};

// What is counted, and how far the log goes, follows from the rows. A follower that started at 0 would plan a mail for
// each of a million old events. The network's sums are counted from the rows by `innesto migrate`.
const CONSEQUENCES = `
UPDATE territory SET practices_count = (SELECT COUNT(*) FROM practice WHERE owner = territory.id AND status = 'PUBLISHED');
UPDATE log_head SET seq = (SELECT MAX(seq) FROM event);
DELETE FROM follower WHERE name = 'letters';
INSERT INTO follower (name, seq) SELECT 'letters', seq FROM log_head;
DELETE FROM follower WHERE name = 'network';
`;

const engine = (url) => (url.startsWith("sqlite:") ? SQLITE : POSTGRES);

/** Runs SQL and gives back what the client printed, rows as lists of text. */
export async function sql(url, text) {
  const [program, args] = engine(url).client(url);
  const plain = program === "psql" ? ["--tuples-only", "--no-align", "--field-separator=\t"] : ["-separator", "\t"];
  const client = spawn(program, [...plain, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  client.stdin.end(text);
  let printed = "";
  client.stdout.setEncoding("utf8").on("data", (piece) => (printed += piece));
  const [code] = await once(client, "close");
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return printed.split("\n").filter((line) => line !== "").map((line) => line.split("\t"));
}

/** What the rows hang on: the territories and terms that the hub's own import brought. */
async function ground(url) {
  const hex = url.startsWith("sqlite:") ? "lower(hex(id))" : "replace(id::text, '-', '')";
  const territories = await sql(url, `SELECT ${hex} FROM territory ORDER BY slug;`);
  const terms = {};
  for (const [scheme, code] of await sql(url, "SELECT DISTINCT scheme, code FROM term ORDER BY scheme, code;")) {
    (terms[scheme] ??= []).push(code);
  }
  const [[head]] = await sql(url, "SELECT seq FROM log_head;");
  return { territories: territories.map(([id]) => id), terms, head: Number(head) };
}

/** Fills the database at `url` with so many practices, requests and messages. */
export async function fill(url, sizes) {
  const kind = engine(url);
  const [program, args] = kind.client(url);
  const found = await ground(url);
  const client = spawn(program, args, { stdio: ["pipe", "ignore", "inherit"] });
  const closed = once(client, "close");
  client.stdin.on("error", () => {}); // the exit code tells
  let lot = kind.begin;
  const flush = async () => {
    if (!client.stdin.write(lot)) await Promise.race([once(client.stdin, "drain"), closed]);
    lot = "";
  };
  for (const [table, columns, rows] of tables(sizes, found)) {
    for (const piece of kind.table(table, columns, rows)) {
      lot += piece;
      if (lot.length > 1 << 18) await flush();
    }
  }
  client.stdin.end(lot + CONSEQUENCES + kind.end);
  const [code] = await closed;
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}
