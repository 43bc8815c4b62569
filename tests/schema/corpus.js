// The documents of tests/guard/corpus: `### valid: title` or `### invalid: title`, then the document; a line
// `# each: a | b` before it makes one document of each, with `«each»` replaced by it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./read.js";

const folder = join(root, "tests/guard/corpus");

export function corpus() {
  return readdirSync(folder).sort().flatMap((file) => documents(file, readFileSync(join(folder, file), "utf8")));
}

export function documents(file, text) {
  const [before, ...sections] = text.split(/^### /m);
  if (before !== "") throw new Error(`${file} does not begin with a title`);
  return sections.flatMap((section) => {
    const [head, ...lines] = section.replace(/\n$/, "").split("\n");
    const [, verdict, title] = head.match(/^(valid|invalid): (.+)$/);
    const each = lines[0].startsWith("# each: ") ? lines.shift().slice(8).split(" | ").map((one) => one.trim()) : [""];
    const text = lines.join("\n");
    return each.map((one) => ({ file, title, each: one, valid: verdict === "valid", text: text.replaceAll("«each»", () => one) }));
  });
}
