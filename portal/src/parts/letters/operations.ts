/** What became of a letter, for whom caused it. */
import { graphql } from '../../lib/graphql';

export const LetterParts = graphql(`
  fragment LetterParts on LetterDelivery { state sentence recipient territory { fullName } }
`);
