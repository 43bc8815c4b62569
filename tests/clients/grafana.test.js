// Every query of the Grafana dashboard is answered without an error, and what comes has the columns that its panel names.
// The rows are taken out by JSONata, as the data source's backend does it; what Grafana then draws is not seen here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import jsonata from "jsonata";
import { examples } from "./examples.js";
import { ask } from "./happen.js";

const dashboard = JSON.parse(readFileSync(join(examples, "grafana/dashboard.json"), "utf8"));
const levels = dashboard.templating.list.find(({ name }) => name === "level").query.split(",").map((choice) => choice.split(" : ").at(-1).trim());
const month = (years) => new Date(Date.now() - years * 365 * 86_400_000).toISOString().slice(0, 7);

/** A text with Grafana's variables put in their places; none is left. */
function filled(text, level) {
  const values = { "${level}": level, "${__from:date:YYYY-MM}": month(2), "${__to:date:YYYY-MM}": month(0) };
  const whole = text.replace(/\$\{[^}]+\}/g, (name) => values[name] ?? name);
  assert.doesNotMatch(whole, /\$/);
  return whole;
}

/** What the panel is given: a row for each, with its columns. */
async function rows({ url, url_options: options, root_selector: root, columns }, level) {
  assert.deepEqual([url, options.method, options.body_type], ["/graphql", "POST", "graphql"]);
  const data = await ask(filled(options.body_graphql_query, level));
  const found = await jsonata(root).evaluate({ data });
  return [found ?? []].flat().map((row) => columns.map(({ selector, text, type }) => {
    const value = selector.split(".").reduce((inner, name) => {
      assert.ok(inner && name in inner, `${selector} is not in ${JSON.stringify(row)}`);
      return inner[name];
    }, row);
    const fits = { string: typeof value === "string", number: value === null || typeof value === "number", timestamp: !Number.isNaN(Date.parse(value)) };
    assert.ok(fits[type], `${text} should be a ${type}: ${value}`);
    return value;
  }));
}

test("every column of every panel comes, whatever is chosen", async () => {
  const { panels } = dashboard;
  assert.deepEqual(new Set(panels.map(({ type }) => type)), new Set(["stat", "timeseries", "table", "nodeGraph"]));
  for (const { title, targets } of panels) {
    for (const level of levels) {
      for (const target of targets) {
        const told = await rows(target, level);
        if (level === "ROLLED_UP") assert.ok(told.length > 0, `${title} has no row`);
      }
    }
  }
});

test("what the panels show is what the hub tells", async () => {
  const panel = (title) => dashboard.panels.find((one) => one.title.startsWith(title));
  // With all, since the months know no levels.
  const shown = (title, at = 0) => rows(panel(title).targets[at], "ALL");
  const told = await ask(filled(`{ network(filter: { level: \${level}, from: "\${__from:date:YYYY-MM}", to: "\${__to:date:YYYY-MM}" }) {
    nodes { territory { id } } edges { from { id } } metrics { reach ambiti requests { total } } } }`, "ALL"));
  const { metrics, nodes, edges } = told.network;
  assert.deepEqual(await shown("Portata"), [[metrics.reach, metrics.ambiti]]);
  assert.equal((await shown("Scambi"))[0][0], metrics.requests.total);
  // The states of all months are all requests: none is left out.
  const months = await shown("Richieste per mese");
  const sum = months.flatMap(([, ...states]) => states).reduce((all, n) => all + n, 0);
  assert.ok(sum > 0 && sum === metrics.requests.total, `${sum} of ${metrics.requests.total}`);
  const [drawn, lines] = [await shown("La rete", 0), await shown("La rete", 1)];
  assert.deepEqual([drawn.length, lines.length], [nodes.length, edges.length]);
  const known = new Set(drawn.map(([id]) => id));
  assert.ok(lines.every(([, source, target]) => known.has(source) && known.has(target)));
  assert.equal(new Set(lines.map(([id]) => id)).size, lines.length);
  // What the panels sort by is one of their columns.
  for (const { transformations = [], targets } of dashboard.panels) {
    for (const { options } of transformations.filter(({ id }) => id === "sortBy")) {
      for (const { field } of options.sort) assert.ok(targets[0].columns.some(({ text }) => text === field), field);
    }
  }
});
