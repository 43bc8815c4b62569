// Asks the hub over a plain HTTP connection: only the headers that a test names are sent (`fetch` adds an Accept).
import { request } from "node:http";

export const MODERN = "application/graphql-response+json";
export const PLAIN = "application/json";
export const HUB = process.env.HUB;

let places = 0;
/** A network address that nobody else asks from, out of the block kept for documentation; each a /64 of its own. */
export const somewhere = () => `2001:db8:${(process.pid % 0xffff).toString(16)}:${(++places).toString(16)}::1`;
const here = somewhere();

/** Sends a request; the answer as `{ status, headers, media, text, json }`, `json` undefined where it is none. */
export function send({ hub = HUB, path = "/graphql", method = "POST", headers = {}, body, from = here }) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const options = { method, headers: { "x-forwarded-for": from, ...length, ...headers } };
    const asked = request(new URL(path, hub), options, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.once("error", reject);
      answer.once("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        const media = (answer.headers["content-type"] ?? "").split(";")[0];
        let json;
        if (media.endsWith("json")) json = JSON.parse(text);
        resolve({ status: answer.statusCode, headers: answer.headers, media, text, json });
      });
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

/** Posts a question as JSON and takes the modern media type, unless `headers` say otherwise. */
export const post = (question, { headers = {}, ...rest } = {}) =>
  send({
    headers: { "content-type": PLAIN, accept: MODERN, ...headers },
    body: typeof question === "string" ? question : JSON.stringify(question),
    ...rest,
  });

/** Asks by GET with these parameters of the address. */
export const get = (parameters, { headers = {}, ...rest } = {}) =>
  send({ method: "GET", path: `/graphql?${new URLSearchParams(parameters)}`, headers: { accept: MODERN, ...headers }, ...rest });
