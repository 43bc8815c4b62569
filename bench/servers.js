// The servers under measurement: starting them, waiting for their first answer, asking, stopping.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";

/** The Node.js that PostGraphile runs on: the one locked in package-lock.json, since it asks for a newer one than we do. */
export function node() {
  const locked = join(import.meta.dirname, `node_modules/node-linux-${process.arch}/bin/node`);
  return existsSync(locked) ? locked : process.execPath;
}

const NOT_YET = new Set(["ECONNREFUSED", "ECONNRESET"]);
const agent = new Agent({ keepAlive: true });

/** Asks one question and gives back `{ status, text }`. */
function post(port, question, headers) {
  const body = JSON.stringify({ query: question.query, variables: question.variables });
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/graphql", method: "POST", agent, headers };
    const asking = request(options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece) => (text += piece));
      answer.on("end", () => resolve({ status: answer.statusCode, text })).on("error", reject);
    });
    asking.on("error", reject).end(body);
  });
}

async function freePort() {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address();
  listener.close();
  await once(listener, "close");
  return port;
}

const running = new Set();

/** Ends all servers that were started. */
export async function stopAll() {
  for (const server of running) await server.stop();
}

/** A server that runs. `side` says in which words it is asked: `hub` or `postgraphile`. */
export class Server {
  #child;

  /** Starts it and asks `first` until it is answered: `startMillis` is how long that took. */
  static async start({ name, side, program, args, settings, logs, token }, first) {
    const server = new Server();
    const port = await freePort();
    const headers = { "content-type": "application/json", accept: "application/json" };
    const signedIn = token ? { ...headers, authorization: `Bearer ${token}` } : headers;
    Object.assign(server, { name, side, port, headers: (question) => (question.anonymous ? headers : signedIn) });
    const log = createWriteStream(join(logs, `${name.replaceAll(" ", "-")}.log`));
    await once(log, "open");
    const before = performance.now();
    running.add(server);
    server.#child = spawn(program, args(port), { env: { ...process.env, ...settings(port) }, stdio: ["ignore", log, log] });
    server.pid = server.#child.pid;
    for (;;) {
      try {
        await server.ask(first[side]);
        break;
      } catch (error) {
        if (!NOT_YET.has(error.code)) throw error;
        if (server.#child.exitCode !== null) throw new Error(`${name} ended; see ${log.path}`);
        if (performance.now() - before > 60_000) throw new Error(`${name} does not answer: ${error.message}; see ${log.path}`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    server.startMillis = performance.now() - before;
    return server;
  }

  /** The data of the answer, and how long its text is. */
  async ask(question) {
    const { status, text } = await post(this.port, question, this.headers(question));
    if (status !== 200) throw new Error(`${this.name} answered ${status}: ${text.slice(0, 500)}`);
    const { data, errors } = JSON.parse(text);
    if (errors) throw new Error(`${this.name} answered with errors: ${JSON.stringify(errors).slice(0, 500)}`);
    return { data, length: Buffer.byteLength(text) };
  }

  async stop() {
    running.delete(this);
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const impatient = setTimeout(() => this.#child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(impatient);
  }
}
