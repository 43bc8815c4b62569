// One practice, fetched anew by its id; its requests, page by page backwards.
import { graphql } from "react-relay";

export const query = graphql`
  query PracticePageQuery($slug: String!) {
    practice(by: { slug: $slug }) {
      ...PracticePage_practice
      ...PracticePage_requests
    }
  }
`;

export const page = graphql`
  fragment PracticePage_practice on Practice @refetchable(queryName: "PracticePageRefetchQuery") {
    title
    method {
      html
    }
    kit {
      id
      title
      link
    }
    contacts {
      name
      email @required(action: NONE)
    }
    owner {
      ...PracticePage_territory
    }
    lineage {
      children {
        kind
        child {
          slug
        }
      }
    }
    viewerActions
  }
`;

export const territory = graphql`
  fragment PracticePage_territory on Territory {
    fullName
    ... on Ambito {
      comuni {
        istatCode
      }
    }
    ... on Comune {
      istatCode
    }
  }
`;

export const requests = graphql`
  fragment PracticePage_requests on Practice
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "PracticePageRequestsQuery") {
    requests(last: $count, before: $cursor) @connection(key: "PracticePage_requests") {
      edges {
        node {
          number
          state
          awaiting
          deadlines {
            dueAt
          }
        }
      }
    }
  }
`;
