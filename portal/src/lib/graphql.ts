/**
 * Questions with their types. `graphql(text, [fragments])` is gql.tada's for the compiler; at run time it only puts
 * the texts together, so that no parser is sent to the browser. Questions live in files called `operations.ts`, where
 * the unit test checks them against the schema and the build takes them into the manifest of trusted documents.
 */
import type { initGraphQLTada, TadaDocumentNode } from 'gql.tada';
import type { introspection } from '../graphql-env.d.ts';

/** How the schema's own scalars arrive. */
interface Scalars {
  ID: string;
  /** RFC 3339, in UTC. */
  DateTime: string;
  /** `2026-11-24`. */
  LocalDate: string;
  /** `2026-11`. */
  YearMonth: string;
  EventCursor: string;
}

type Tada = initGraphQLTada<{ introspection: introspection; scalars: Scalars; disableMasking: true }>;

/** A question or a fragment: its own text and the fragments it needs. */
export interface Text {
  readonly text: string;
}

function join(own: string, fragments: readonly Text[] = []): Text {
  // A fragment comes once, however many need it.
  const parts = new Set(fragments.flatMap((fragment) => fragment.text.split(SEAM)));
  return { text: [own.trim().replace(/\n\s+/g, '\n'), ...parts].join(SEAM) };
}
const SEAM = '\n\n';

export const graphql = join as unknown as Tada;
export type Question<Result, Variables> = TadaDocumentNode<Result, Variables>;
export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
/** A value of one of the schema's enums. */
export type Enum<Name extends keyof introspection['types']> = introspection['types'][Name] extends {
  enumValues: infer Values;
}
  ? Values
  : never;

/** The text to send. */
export const textOf = (question: unknown): string => (question as Text).text;
