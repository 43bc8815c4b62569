/** What the pages of this area ask of the hub: open, territories. */
import { graphql } from '../../../lib/graphql';
import { ExpertiseParts, PracticeCardParts } from '../../../parts/operations';

export const TerritoriesPage = graphql(`
  query TerritoriesPage {
    territories(filter: { kind: AMBITO }, first: 100) {
      nodes {
        __typename
        id
        slug
        name
        fullName
        aliases
        province { code name }
        population
        practicesCount
        ... on Ambito {
          comuni {
            __typename
            id
            slug
            name
            fullName
            aliases
            province { code name }
            population
            practicesCount
          }
        }
      }
    }
  }
`);

export const TerritoryByName = graphql(`
  query TerritoryByName($name: String!) {
    territory(by: { name: $name }) { slug }
  }
`);

export const TerritoryPage = graphql(
  `
    query TerritoryPage($slug: String!) {
      territory(by: { slug: $slug }) {
        __typename
        id
        slug
        name
        fullName
        aliases
        province { code name }
        population
        areaKm2
        location { latitude longitude }
        practicesCount
        responsiveness {
          requestsJudged
          acknowledgedInTime
          acknowledgedInTimeShare
          medianDaysToAnswer
          isSmallSample
        }
        practices(first: 100) { nodes { ...PracticeCardParts } }
        contacts(first: 50) { nodes { id name role visibility email phone } }
        ... on Ambito {
          legalForm
          seat { slug name }
          comuni { id slug name population practicesCount location { latitude longitude } }
        }
        ... on Comune {
          istatCode
          ambito { slug name fullName practicesCount }
        }
      }
      datasets { name source asOf }
    }
  `,
  [PracticeCardParts],
);

/** What it knows from what it has done, and what it looks for now. */
export const TerritoryKnows = graphql(
  `
    query TerritoryKnows($slug: String!) {
      territory(by: { slug: $slug }) {
        expertise(first: 6) { ...ExpertiseParts }
        needs(first: 3) { totalCount nodes { id text badge field { label } targets { label } } }
      }
    }
  `,
  [ExpertiseParts],
);
