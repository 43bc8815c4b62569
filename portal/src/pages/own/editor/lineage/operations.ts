/** What the pages of this area ask of the hub: own, editor, lineage. */
import { graphql } from '../../../../lib/graphql';

export const ParentBySlug = graphql(`
  query ParentBySlug($slug: String!) { practice(by: { slug: $slug }) { id } }
`);

export const DeclareLineage = graphql(`
  mutation DeclareLineage($child: ID!, $parent: ID!, $kind: LineageKind!) {
    declareLineage(input: { child: $child, parent: $parent, kind: $kind }) { userErrors { code field message } }
  }
`);

export const ConfirmLineage = graphql(`
  mutation ConfirmLineage($child: ID!, $parent: ID!) {
    confirmLineage(input: { child: $child, parent: $parent }) { userErrors { code field message } }
  }
`);
