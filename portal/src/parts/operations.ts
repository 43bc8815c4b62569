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
