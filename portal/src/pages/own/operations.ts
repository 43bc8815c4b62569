/** What the pages of this area ask of the hub: own. */
import { graphql } from '../../lib/graphql';

const OwnCard = graphql(`
  fragment OwnCard on Practice {
    id slug title status badge updatedAt publishedAt kitCompleteness
    field { label }
    reviewNote { source }
    supportOffer { openRequests }
    viewerActions
  }
`);

export const OwnPractices = graphql(`
  query OwnPractices($territory: ID!) {
    drafts: practices(filter: { owner: $territory, status: DRAFT }, orderBy: UPDATED, first: 100) { nodes { ...OwnCard } }
    reviewed: practices(filter: { owner: $territory, status: UNDER_REVIEW }, orderBy: UPDATED, first: 100) { nodes { ...OwnCard } }
    published: practices(filter: { owner: $territory, status: PUBLISHED }, orderBy: UPDATED, first: 100) { nodes { ...OwnCard } }
    archived: practices(filter: { owner: $territory, status: ARCHIVED }, orderBy: UPDATED, first: 100) { nodes { ...OwnCard } }
  }
`, [OwnCard]);

export const FieldTerms = graphql(`
  query FieldTerms { vocabulary(scheme: FIELD) { code label } }
`);

export const CreatePractice = graphql(`
  mutation CreatePractice($owner: ID!, $title: String!, $field: String) {
    createPractice(input: { owner: $owner, title: $title, field: $field }) {
      practice { id slug }
      userErrors { code field message }
    }
  }
`);

export const DeletePractice = graphql(`
  mutation DeletePractice($practice: ID!, $version: Int!) {
    deletePractice(input: { practice: $practice, expectedVersion: $version }) { deleted userErrors { code field message } }
  }
`);
