// The hub under test: the real binary with demo data, on a port of its own, in a folder that goes with it.
import { spawn, execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

export const root = join(import.meta.dirname, "../..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const binary = process.env.INNESTO_BINARY ?? join(target, "debug/innesto");
const PATIENCE = 120_000;

function environment(folder, settings) {
  return {
    PATH: process.env.PATH,
    INNESTO_DATA_DIR: folder,
    INNESTO_LISTEN: "127.0.0.1:0",
    INNESTO_LOG_FORMAT: "json",
    // The tests say with X-Forwarded-For who asks: what one suite spends of its points is not another's loss.
    INNESTO_TRUSTED_PROXIES: "1",
    ...settings,
  };
}

/**
 * Starts a hub with these settings (by their names in the environment) and waits until it serves. `alarms` are the lines
 * of its log that speak of a fault.
 */
export async function start(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), "innesto-"));
  const env = environment(folder, settings);
  const child = spawn(binary, ["serve", "--demo", "--without-history"], { env, stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const hub = { url: "", pid: child.pid, folder, settings, alarms: [], stop };
  const told = [];

  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);

  child.once("exit", (code, signal) => signal && !stopped && hub.alarms.push(`it was ended by ${signal}`));
  let stopped = false;

  async function stop() {
    stopped = true;
    process.removeListener("exit", kill);
    child.ref();
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }

  hub.url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the hub did not start:\n${told.join("\n")}`)), PATIENCE);
    late.unref();
    child.once("error", (error) => reject(new Error(`${binary} did not start: ${error.message}; build it first`)));
    child.once("close", (code) => reject(new Error(`the hub ended with ${code}:\n${told.join("\n")}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (line.includes('"level":"ERROR"') || /panicked|overflowed/.test(line)) hub.alarms.push(line);
      if (hub.url) return;
      told.push(line);
      const address = /"message":"serving"/.test(line) && JSON.parse(line).fields.listen;
      if (address) {
        clearTimeout(late);
        resolve(`http://${address}`);
      }
    });
  });
  // A test that forgets to stop it ends all the same.
  child.unref();
  child.stderr.unref();
  return hub;
}

/** Runs a subcommand on the data of a hub, e.g. `token create …`, and returns what it prints. */
export async function run(hub, ...args) {
  const { stdout } = await promisify(execFile)(binary, args, { env: environment(hub.folder, hub.settings) });
  return stdout.trim();
}
