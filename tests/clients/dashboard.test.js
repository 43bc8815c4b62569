// The page for other sites, on another site, in a real browser: what it shows is what the API tells; axe finds nothing.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { check } from "../../portal/tests/e2e/checks.js";
import { examples, root } from "./examples.js";
import { ask } from "./happen.js";

const { chromium } = createRequire(join(root, "portal/package.json"))("playwright-core");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const page = readFileSync(join(examples, "dashboard/index.html"), "utf8");
let site, browser;

before(async () => {
  const server = createServer((request, response) => {
    const hub = request.url.startsWith("/set") ? page.replace('data-hub="http://127.0.0.1:8080"', `data-hub="${process.env.HUB}/"`) : page;
    response.writeHead(200, { "content-type": "text/html" }).end(hub);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // Another name than the hub's: another site, not only another port.
  site = { url: `http://localhost:${server.address().port}`, server };
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP localhost 127.0.0.1"] });
});
after(async () => {
  await browser?.close();
  site.server.close();
});

/** Opens an address of the site; what goes wrong is written down as `check` wants it. */
async function visit(t, address, { locale = "it-IT", width = 1280, expected = /^$/ } = {}) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
  t.after(() => context.close());
  const opened = await context.newPage();
  opened.wrongs = [];
  opened.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !expected.test(message.text())) opened.wrongs.push(message.text());
  });
  opened.on("pageerror", (error) => opened.wrongs.push(String(error)));
  opened.on("request", (request) => {
    const url = request.url();
    if (![site.url, process.env.HUB, "data:"].some((known) => url.startsWith(known))) opened.wrongs.push(`elsewhere: ${url}`);
  });
  await opened.goto(`${site.url}${address}`);
  await opened.waitForSelector("main:not([aria-busy])");
  return opened;
}

const QUESTION = `{ network(filter: { level: ROLLED_UP }) { nodes { territory { fullName } } edges { source } metrics { reach ambiti } }
  practices(first: 5) { totalCount nodes { slug title } } }`;

for (const [address, locale, lang, reach, width] of [
  [`/?hub=${encodeURIComponent(process.env.HUB)}`, "it-IT", "it", "Ambiti raggiunti", 1280],
  ["/set", "en-GB", "en", "Ambiti reached", 360],
  ["/set?lang=it", "en-GB", "it", "Ambiti raggiunti", 360],
]) {
  test(`${address} in a browser of ${locale}, ${width} wide, shows what the hub tells`, async (t) => {
    const opened = await visit(t, address, { locale, width });
    const told = await ask(QUESTION);
    assert.equal(await opened.getAttribute("html", "lang"), lang);
    const numbers = Object.fromEntries(await opened.$$eval("dl div", (all) => all.map((one) => [...one.children].map((part) => part.textContent))));
    const { metrics, nodes } = told.network;
    assert.equal(numbers[reach], `${metrics.reach} ${lang === "it" ? "su" : "of"} ${metrics.ambiti}`);
    assert.equal(numbers[lang === "it" ? "Pratiche pubblicate" : "Published practices"], String(told.practices.totalCount));
    const links = await opened.$$eval("li a", (all) => all.map((link) => [link.href, link.textContent]));
    assert.deepEqual(links, told.practices.nodes.map(({ slug, title }) => [`${process.env.HUB}/practices/${slug}`, title]));
    assert.equal((await opened.$$("svg circle")).length, nodes.length);
    assert.ok((await opened.$$("svg line")).length > 0);
    assert.equal((await opened.$$("tbody tr")).length, nodes.length);
    await check(opened, address);
    await opened.click("summary");
    await check(opened, `${address} with its table`);
  });
}

test("a hub that does not answer is said, and may be tried again", async (t) => {
  const opened = await visit(t, "/?hub=http://127.0.0.1:9&lang=en", { expected: /ERR_UNSAFE_PORT|ERR_CONNECTION_REFUSED|Failed to load/ });
  opened.wrongs.splice(0);
  assert.match(await opened.textContent("[role=alert]"), /cannot be had/);
  await check(opened, "no hub");
  assert.ok(await opened.isVisible("button"));
  const wrong = await visit(t, "/?hub=javascript:alert(1)&lang=en");
  assert.match(await wrong.textContent("[role=alert]"), /cannot be had/);
});
