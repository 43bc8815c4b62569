// How an example is run: as its README says, with nothing of ours in its environment.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

export const root = join(import.meta.dirname, "../..");
export const examples = join(root, "client-examples");
const environment = { PATH: process.env.PATH, HOME: process.env.HOME };

/** Runs a program to its end; what it printed, and how it ended. */
export async function run(program, args, { env = {}, cwd } = {}) {
  const options = { env: { ...environment, ...env }, cwd, encoding: "utf8" };
  const { stdout, stderr, code = 0 } = await promisify(execFile)(program, args, options).catch((error) => error);
  return { stdout, stderr, code };
}

/** Starts a program that does not end by itself: `line()` gives what it prints next, on either output. */
export function follow(t, program, args, { env = {} } = {}) {
  const child = spawn(program, args, { env: { ...environment, ...env } });
  t.after(() => child.kill("SIGKILL"));
  const heard = [];
  let wake = () => {};
  for (const output of [child.stdout, child.stderr]) {
    createInterface(output).on("line", (line) => {
      heard.push(line);
      wake();
    });
  }
  return async function line() {
    while (!heard.length) await new Promise((resolve) => (wake = resolve));
    return heard.shift();
  };
}

/** A folder that goes with the test. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), "innesto-clients-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
