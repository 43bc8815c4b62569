// The schema as types: a question that does not fit it does not compile, and its answer is typed by what it asks for.
import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./graphql-env.js";

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string; EventCursor: string; ID: string };
}>();
