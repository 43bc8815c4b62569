// Where the files under test are, and how they are read.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
export const schemaPath = join(root, "schema.graphql");
export const read = (path) => readFileSync(join(root, path), "utf8");

export const examples = readdirSync(join(root, "graphiql/examples"))
  .filter((name) => name.endsWith(".graphql"))
  .map((name) => ({ name, text: read(join("graphiql/examples", name)) }));
