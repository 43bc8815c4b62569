/** What a match says, and what the hub is told of matches: which were shown, which was opened. */
import { graphql } from '../../../lib/graphql';
import { PracticeCardParts } from '../../../parts/operations';

export const MatchParts = graphql(
  `
    fragment MatchParts on PracticeMatch {
      score
      coverage
      parts { code weight value }
      reasons { code sentence }
      cautions { code sentence }
      unknown { code sentence }
      load { sentence factor }
      mentorOf { slug title owner { fullName } }
      practice { ...PracticeCardParts viewerActions }
    }
  `,
  [PracticeCardParts],
);

export const NoteMatchesShown = graphql(`
  mutation NoteMatchesShown($input: NoteMatchesShownInput!) { noteMatchesShown(input: $input) { userErrors { code } } }
`);

export const NoteMatchOpened = graphql(`
  mutation NoteMatchOpened($input: NoteMatchOpenedInput!) { noteMatchOpened(input: $input) { userErrors { code } } }
`);
