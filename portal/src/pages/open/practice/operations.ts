/** What the pages of this area ask of the hub: open, practice. */
import { graphql } from '../../../lib/graphql';

export const PracticePage = graphql(`
  query PracticePage($slug: String!) {
    practice(by: { slug: $slug }) {
      id
      slug
      title
      abstract
      status
      badge
      field { code label }
      otherFields { code label }
      targets { code label }
      tools { code label }
      funds { code label }
      places
      partners { name kind }
      contacts { id name role visibility viewerCanSeeAddress email phone }
      context { html }
      objectives { html }
      method { html }
      results { html }
      obstacles { html }
      improvements { html }
      replicability { html }
      startedOn
      endedOn
      budgetEur
      setupCostEur
      yearlyCostEur
      staffFte
      monthsToStart
      peopleReached
      indicators { code name unit baseline value measuredOn source }
      coreElements
      adaptableElements
      kit { id kind { code label } phase { code label } title link text { html } document { name mediaType size url } }
      kitCompleteness
      supportOffer { levels capacity openRequests isOpen takesRequests }
      evidenceLevel
      provenance { kind sources note }
      replicationsCount
      lineage { parents { kind } children { kind } }
      updatedAt
      publishedAt
      viewerActions
      owner {
        id
        slug
        fullName
        province { code name }
        population
        responsiveness {
          requestsReceived
          requestsJudged
          acknowledgedInTime
          acknowledgedInTimeShare
          medianDaysToAnswer
          isSmallSample
        }
      }
    }
    phases: vocabulary(scheme: KIT_PHASE) { code label }
  }
`);

export const PracticeLineage = graphql(`
  query PracticeLineage($id: ID!) {
    lineage(practice: $id, depth: 3) {
      nodes { id slug title badge owner { fullName } }
      edges { childId parentId kind isConfirmed note }
      isCut
    }
  }
`);
