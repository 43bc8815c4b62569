// Starts one hub, runs the suites against it (all, or those named), and looks into its log: no suite may have made it
// fail inwardly, whatever it answered.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { root, start } from "./hub.js";

const named = process.argv.slice(2);
const suites = named.length ? named : readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.js")).sort();
const hub = await start();
const node = spawn(process.execPath, ["--test", "--test-timeout=120000", "--test-reporter=spec", ...suites], {
  cwd: import.meta.dirname,
  env: { ...process.env, HUB: hub.url, HUB_FOLDER: hub.folder },
  stdio: "inherit",
});
const failed = await new Promise((resolve) => node.once("close", resolve));
await hub.stop();
for (const line of hub.alarms) console.error(`the hub's log: ${line}`);
process.exit(failed || hub.alarms.length ? 1 : 0);
