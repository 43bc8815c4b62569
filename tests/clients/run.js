// Starts one demo hub, lets something happen in its network, and runs the examples for clients against it (all, or those
// named), as their READMEs say; then looks into its log.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run, start } from "../protocol/hub.js";
import { happen } from "./happen.js";

const named = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".test.js") && (!named.length || named.some((part) => name.includes(part))))
  .map((name) => join(import.meta.dirname, name));
const hub = await start();
const nardo = ["coordinamento.nardo@example.invalid", "--name", "prova", "--scopes", "read:own,write:own"];
const token = await run(hub, "token", "create", ...nardo);
const env = { ...process.env, HUB: hub.url, HUB_TOKEN: token };
for (let i = 0; i < 3; i++) await happen(env);
// One after the other: what one makes happen must not come between two questions of another.
const options = ["--test", "--test-concurrency=1", "--test-timeout=60000", "--test-reporter=spec"];
const node = spawn(process.execPath, [...options, ...files], { env, stdio: "inherit" });
const failed = await new Promise((resolve) => node.once("close", resolve));
await hub.stop();
for (const line of hub.alarms) console.error(`the hub's log: ${line}`);
process.exit(failed || hub.alarms.length ? 1 : 0);
