// The practices of a filter, page by page as one scrolls down.
import { graphql } from "react-relay";

export const query = graphql`
  query PracticeListQuery($filter: PracticeFilter) {
    ...PracticeList_query @arguments(filter: $filter)
  }
`;

export const card = graphql`
  fragment PracticeList_practice on Practice {
    id
    slug
    title
    abstract
    badge
    field {
      label
    }
    owner {
      __typename
      fullName
    }
    supportOffer {
      takesRequests
    }
  }
`;

export const list = graphql`
  fragment PracticeList_query on Query
  @argumentDefinitions(
    filter: { type: "PracticeFilter" }
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
  )
  @refetchable(queryName: "PracticeListPaginationQuery") {
    practices(filter: $filter, first: $count, after: $cursor) @connection(key: "PracticeList_practices") {
      totalCount
      edges {
        node {
          id
          ...PracticeList_practice
        }
      }
    }
  }
`;
