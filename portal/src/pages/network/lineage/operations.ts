/** What the forest of lineages asks of the hub: practices page by page, each with what it comes from. */
import { graphql } from '../../../lib/graphql';

const InForest = graphql(`
  fragment InForest on Practice { id slug title badge owner { slug fullName } field { label } }
`);

export const LineageForest = graphql(`
  query LineageForest($after: String) {
    practices(orderBy: TITLE, first: 100, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        ...InForest
        lineage {
          parents { childId parentId kind isConfirmed isFromRequest declaredAt parent { ...InForest } }
        }
      }
    }
  }
`, [InForest]);
