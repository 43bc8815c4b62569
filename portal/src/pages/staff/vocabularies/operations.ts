/** What the pages of this area ask of the hub: staff, vocabularies. */
import { graphql } from '../../../lib/graphql';

export const TermPart = graphql(`
  fragment TermPart on Term { scheme code labelIt labelEn validFrom validTo }
`);

export const VocabularyPage = graphql(`
  query VocabularyPage($scheme: VocabularyScheme!, $on: LocalDate) {
    vocabulary(scheme: $scheme, on: $on) { ...TermPart }
  }
`, [TermPart]);

export const AddTerm = graphql(`
  mutation AddTerm($input: AddTermInput!) { addTerm(input: $input) { term { ...TermPart } userErrors { code field message } } }
`, [TermPart]);

export const RenameTerm = graphql(`
  mutation RenameTerm($input: RenameTermInput!) { renameTerm(input: $input) { term { ...TermPart } userErrors { code field message } } }
`, [TermPart]);

export const EndTerm = graphql(`
  mutation EndTerm($input: EndTermInput!) { endTerm(input: $input) { term { ...TermPart } userErrors { code field message } } }
`, [TermPart]);
