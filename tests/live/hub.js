// The real binary on a folder of its own, started, stopped, killed and started again on the same port.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "../..");
const binary = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/innesto");

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

export class Hub {
  /** `settings` are added to the environment, e.g. another database. */
  static async start(program = binary, settings = {}) {
    const hub = new Hub();
    hub.program = program;
    hub.settings = settings;
    hub.folder = mkdtempSync(join(tmpdir(), "innesto-live-"));
    hub.port = await freePort();
    hub.url = `http://127.0.0.1:${hub.port}/graphql`;
    hub.socket = hub.url.replace("http", "ws");
    await hub.serve();
    return hub;
  }

  get env() {
    const { folder, port } = this;
    return {
      PATH: process.env.PATH, INNESTO_DATA_DIR: folder, INNESTO_LISTEN: `127.0.0.1:${port}`,
      INNESTO_LOG_FORMAT: "json", INNESTO_LOG: "warn,innesto=info", ...this.settings,
    };
  }

  /** Starts the server, or starts it again. */
  async serve() {
    this.child = spawn(this.program, ["serve", "--demo", "--without-history"], { env: this.env, stdio: ["ignore", "ignore", "pipe"] });
    this.log = [];
    const lines = createInterface(this.child.stderr);
    const serving = new Promise((resolve, reject) => {
      lines.on("line", (line) => {
        if (this.log.length < 10_000) this.log.push(line);
        if (line.includes('"serving"')) resolve();
      });
      this.child.once("exit", (code) => reject(new Error(`the hub ended with ${code}: ${this.log.join("\n")}`)));
    });
    await serving;
    // The connections that were kept alive are those of the server before.
    for (let i = 0; i < 20; i++) await fetch(this.url.replace("graphql", "healthz")).then((r) => r.text()).catch(() => {});
  }

  /** Asks it to stop, and waits until it has. */
  async stop(signal = "SIGTERM") {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill(signal);
    await gone;
  }

  async end() {
    await this.stop("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command of the program beside the server. */
  run(...args) {
    return execFileSync(this.program, args, { env: this.env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  }

  /** A token of one of the demo's people. */
  token(person, scopes = "read:own,write:own") {
    return this.run("token", "create", `${person}@example.invalid`, "--name", "prova", "--scopes", scopes);
  }

  async ask(query, variables = {}, token = undefined) {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(this.url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = await answer.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    for (const payload of Object.values(data)) assert.deepEqual(payload?.userErrors ?? [], [], query);
    return data;
  }
}

/** A writer of public events: changes one of Bitonto's practices, as often as asked. */
export async function writer(hub) {
  const token = hub.token("coordinamento.bitonto");
  const { territory } = await hub.ask(
    `{ territory(by: { slug: "bitonto" }) { practices(first: 50) { nodes { id version objectives { source } } } } }`);
  // One that may be changed as it is: public, with all that a public practice needs.
  let { id: practice, version } = territory.practices.nodes.find(({ objectives }) => objectives);
  const change = `mutation($input: UpdatePracticeInput!) {
    updatePractice(input: $input) { practice { version } userErrors { message } } }`;
  const write = async (times) => {
    for (let i = 0; i < times; i++) {
      const input = { practice, expectedVersion: version, confirmNoPersonalData: true, title: `Titolo ${version}` };
      const { updatePractice } = await hub.ask(change, { input }, token);
      version = updatePractice.practice.version;
    }
  };
  write.archive = () => hub.ask(
    `mutation($input: ArchivePracticeInput!) { archivePractice(input: $input) { userErrors { message } } }`,
    { input: { practice } }, token);
  return write;
}

/** A conversation between Bitonto and Nardò, and how to write in it for Bitonto. */
export async function talk(hub) {
  const token = hub.token("coordinamento.bitonto");
  const { us, them } = await hub.ask(
    `{ us: territory(by: { slug: "bitonto" }) { id } them: territory(by: { slug: "ambito-nardo" }) { id } }`);
  const { startConversation } = await hub.ask(
    `mutation($input: StartConversationInput!) { startConversation(input: $input) {
      conversation { id } userErrors { message } } }`,
    { input: { from: us.id, to: them.id, subject: "Prova", body: "Buongiorno" } }, token);
  const conversation = startConversation.conversation.id;
  const post = (body) => hub.ask(
    `mutation($input: PostMessageInput!) { postMessage(input: $input) { message { id } userErrors { message } } }`,
    { input: { conversation, onBehalfOf: us.id, body } }, token);
  return { conversation, post };
}
