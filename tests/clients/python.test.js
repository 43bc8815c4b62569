// The report of the Python example has the numbers that the API tells, and networkx agrees with the hub.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { examples, folder, root, run } from "./examples.js";
import { ask } from "./happen.js";

const python = join(root, ".tools/python/bin/python");
const script = join(examples, "python/network.py");

for (const [language, level, reach, of] of [["it", "ROLLED_UP", "Ambiti raggiunti", "su"], ["en", "ALL", "Ambiti reached", "of"]]) {
  test(`the report in ${language} of the level ${level}`, async (t) => {
    const out = folder(t);
    const { network } = await ask("query($level: NetworkLevel!) { network(filter: { level: $level }) { metrics { reach ambiti } } }", { level });
    const { code, stdout, stderr } = await run(python, [script, process.env.HUB, "--language", language, "--level", level, "--out", out]);
    assert.equal(code, 0, stdout + stderr);
    const report = readFileSync(join(out, "report.md"), "utf8");
    const { metrics } = network;
    assert.ok(metrics.reach > 0 && report.includes(`| ${reach} | ${metrics.reach} ${of} ${metrics.ambiti} |`), report);
    assert.match(report, language === "it" ? /PageRank \| sì/ : /PageRank \| yes/);
    assert.doesNotMatch(report, /\*\*no\*\*|\bnan\b|\bNone\b/);
    const picture = readFileSync(join(out, "network.png"));
    assert.deepEqual([picture.subarray(1, 4).toString(), picture.length > 20_000], ["PNG", true]);
  });
}

test("a hub that is not there, and a token that is none, are said in a line", async (t) => {
  const out = folder(t);
  const away = await run(python, [script, "http://127.0.0.1:9", "--out", out]);
  assert.deepEqual([away.code, away.stderr.trim().split("\n").length], [1, 1], away.stderr);
  const wrong = await run(python, [script, process.env.HUB, "--out", out], { env: { INNESTO_TOKEN: "inn_nonsense" } });
  assert.deepEqual([wrong.code, wrong.stderr.trim().split("\n").length], [1, 1], wrong.stderr);
});
