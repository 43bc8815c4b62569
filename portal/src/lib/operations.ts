/** Who is signed in, what happens to them, and signing out. */
import { graphql } from './graphql';

export const Me = graphql(`
  query Me {
    viewer {
      person { id name email }
      language
      staffRoles
      memberships { role territory { id slug name fullName } }
    }
    serverInfo { name version isDemo }
  }
`);

export const MyEvents = graphql(`
  subscription MyEvents($after: EventCursor) {
    viewerEvents(after: $after) {
      __typename
      cursor
      kind
      at
      actor { id }
      ... on MessageEvent { message { id position } conversation { id subject unreadCount } }
      ... on RequestStepEvent { step request { id number } }
      ... on PracticeEvent { practice { id slug } }
      ... on NeedMatchEvent { need { id } }
    }
  }
`);

/** The language of answers and letters, as chosen in the header. */
export const SpeakLanguage = graphql(`
  mutation SpeakLanguage($language: Language!) {
    updateProfile(input: { language: $language }) { userErrors { code } }
  }
`);

export const SignOut = graphql(`
  mutation SignOut {
    signOut { signedOut userErrors { message } }
  }
`);
