// @graphql-eslint's rules for schemas, and which of them do not fit ours.
import graphql from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";

const all = graphql.configs["flat/schema-all"].rules;
const relay = graphql.configs["flat/schema-relay"].rules;

const ours = {
  // 100 %: not types and root fields only.
  "@graphql-eslint/require-description": ["error", {
    types: true, rootField: true, DirectiveDefinition: true,
    FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true,
  }],
  "@graphql-eslint/input-name": ["error", { checkInputType: true, caseSensitiveInputType: false }],
  "@graphql-eslint/relay-arguments": ["error", { includeBoth: true }],
  // Not every list is a connection: one that cannot grow (the steps of a timeline, the items of a kit) is a plain list.
  // Edges may lead to search hits and members, which are no Nodes.
  "@graphql-eslint/relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],

  // Fields stand in the order of their importance, which a reader needs more than the alphabet.
  "@graphql-eslint/alphabetize": "off",
  // Embedded values (a budget, a deadline, a payload) have no identity; `objectsWithAnIdAreNodes` checks those that do.
  "@graphql-eslint/strict-id-in-types": "off",
  // We do have mutations and subscriptions.
  "@graphql-eslint/no-root-type": "off",
  // A payload carries the object that changed; the whole query root there would escape the cost of the mutation.
  "@graphql-eslint/require-field-of-type-query-in-mutation-result": "off",
  // What cannot fail on its own (serverInfo, vocabulary) says so with "!".
  "@graphql-eslint/require-nullable-result-in-root": "off",
  // For results made of `ok` and `error`; ours have `userErrors`, and @oneOf is for inputs only.
  "@graphql-eslint/require-type-pattern-with-oneof": "off",
  // Wants an argument `deletionDate` that @deprecated does not have; `deprecationsHaveAReasonAndADate` looks into the reason.
  "@graphql-eslint/require-deprecation-date": "off",
};

/** The faults that the linter finds in this SDL, as "line: message (rule)". */
export async function lint(sdl, schemaPath) {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [{
      files: ["**/*.graphql"],
      plugins: { "@graphql-eslint": graphql },
      languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: schemaPath } } },
      rules: { ...all, ...relay, ...ours },
    }],
  });
  const [{ messages }] = await eslint.lintText(sdl, { filePath: "schema.graphql" });
  // @include, @skip and their like are the specification's own; what it says of their argument is not printed.
  const own = (m) => !/in directive "(include|skip|specifiedBy|deprecated|oneOf)"/.test(m.message);
  return messages.filter(own).map((m) => `${m.line}: ${m.message} (${m.ruleId})`);
}
