/** What the page of synonyms asks of the hub. */
import { graphql } from '../../../lib/graphql';

export const SynonymPart = graphql(`
  fragment SynonymPart on Synonym { word meaning bothWays }
`);

export const SynonymList = graphql(`
  query SynonymList($word: String, $after: String) {
    synonyms(word: $word, first: 50, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...SynonymPart } }
  }
`, [SynonymPart]);

export const AddSynonym = graphql(`
  mutation AddSynonym($input: AddSynonymInput!) { addSynonym(input: $input) { synonym { ...SynonymPart } userErrors { code field message } } }
`, [SynonymPart]);

export const RemoveSynonym = graphql(`
  mutation RemoveSynonym($input: RemoveSynonymInput!) { removeSynonym(input: $input) { synonym { ...SynonymPart } userErrors { code field message } } }
`, [SynonymPart]);
