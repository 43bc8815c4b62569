/** Fragments that parts of several areas show. */
import { graphql } from '../lib/graphql';

/** What a card says of a practice. */
export const PracticeCardParts = graphql(`
  fragment PracticeCardParts on Practice {
    id
    slug
    title
    abstract
    badge
    budgetEur
    evidenceLevel
    kitCompleteness
    field { code label }
    owner { id slug fullName province { code } }
    supportOffer { takesRequests }
  }
`);

/** What a territory knows of a term, from what it has done. */
export const ExpertiseParts = graphql(`
  fragment ExpertiseParts on Expertise { term { code label } practicesRun copiedByOthers requestsAnswered medianDaysToAnswer }
`);

/** The territories that know a term best. */
export const WhoKnows = graphql(
  `
    query WhoKnows($of: ExpertInInput!) {
      territories(expertIn: $of, first: 3) { edges { expertise { ...ExpertiseParts } node { id slug fullName } } }
    }
  `,
  [ExpertiseParts],
);

export const SimilarPractices = graphql(
  `
    query SimilarPractices($id: ID!) {
      practice(by: { id: $id }) { similar(first: 4) { ...PracticeCardParts } }
    }
  `,
  [PracticeCardParts],
);
