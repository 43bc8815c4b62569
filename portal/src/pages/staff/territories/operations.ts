/** What the pages of this area ask of the hub: staff, territories. */
import { graphql } from '../../../lib/graphql';

export const ListsInUse = graphql(`
  query ListsInUse { datasets { name source asOf importedAt } }
`);

export const ImportTerritories = graphql(`
  mutation ImportTerritories($input: ImportTerritoriesInput!) {
    importTerritories(input: $input) {
      report { added changed unchanged changes }
      problems { line column message }
      userErrors { code field message }
    }
  }
`);
