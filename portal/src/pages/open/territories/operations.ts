/** What the pages of this area ask of the hub: open, territories. */
import { graphql } from '../../../lib/graphql';
import { ExpertiseParts, PracticeCardParts } from '../../../parts/operations';

const TerritoryRow = graphql(`
  fragment TerritoryRow on Territory {
    __typename
    id
    slug
    fullName
    province { code name }
    population
    practicesCount
    ... on Comune { ambito { name } }
  }
`);

/** Ambiti are few, and come at once; Comuni page by page. */
export const TerritoriesPage = graphql(
  `
    query TerritoriesPage($province: String, $withAmbiti: Boolean!, $withComuni: Boolean!, $after: String) {
      ambiti: territories(filter: { kind: AMBITO, province: $province }, first: 100) @include(if: $withAmbiti) {
        totalCount
        nodes { ...TerritoryRow }
      }
      comuni: territories(filter: { kind: COMUNE, province: $province }, first: 30, after: $after) @include(if: $withComuni) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...TerritoryRow }
      }
    }
  `,
  [TerritoryRow],
);

/** Those called so, by any of their names or the beginning of one; the hub gives at most 20. */
export const TerritoriesCalled = graphql(
  `
    query TerritoriesCalled($text: String!) {
      search(query: $text) {
        isBuilding
        territories(first: 20) { ...TerritoryRow }
      }
    }
  `,
  [TerritoryRow],
);

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
        mailbox
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
