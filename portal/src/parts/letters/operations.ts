/** What is asked of the letters that told others of a message or a step. */
import { graphql } from '../../lib/graphql';

export const LetterPart = graphql(`
  fragment LetterPart on LetterDelivery { state sentence recipient sentAt nextAttemptAt territory { fullName } }
`);
