/** What the parts about a practice ask of the hub. */
import { graphql } from '../../lib/graphql';

export const Stepped = graphql(`
  fragment Stepped on Practice { id slug status version publishedAt viewerActions reviewNote { html } }
`);

export const SubmitPractice = graphql(`
  mutation SubmitPractice($practice: ID!) {
    submitPractice(input: { practice: $practice }) { practice { ...Stepped } userErrors { code field message } }
  }
`, [Stepped]);

export const ReturnPractice = graphql(`
  mutation ReturnPractice($practice: ID!, $remarks: String!) {
    returnPractice(input: { practice: $practice, remarks: $remarks }) { practice { ...Stepped } userErrors { code field message } }
  }
`, [Stepped]);

export const PublishPractice = graphql(`
  mutation PublishPractice($practice: ID!, $version: Int, $confirmed: Boolean!) {
    publishPractice(input: { practice: $practice, expectedVersion: $version, confirmNoPersonalData: $confirmed }) {
      practice { ...Stepped }
      userErrors { code field message }
    }
  }
`, [Stepped]);

export const ArchivePractice = graphql(`
  mutation ArchivePractice($practice: ID!) {
    archivePractice(input: { practice: $practice }) { practice { ...Stepped } userErrors { code field message } }
  }
`, [Stepped]);
