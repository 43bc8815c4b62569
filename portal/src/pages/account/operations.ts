/** What the pages of this area ask of the hub: account. */
import { graphql } from '../../lib/graphql';

export const RequestSignInCode = graphql(`
  mutation RequestSignInCode($email: String!) {
    requestSignInCode(input: { email: $email }) { expiresAt userErrors { code field message } }
  }
`);

export const SignIn = graphql(`
  mutation SignIn($code: String!) {
    signIn(input: { code: $code }) { viewer { person { id } } userErrors { code field message } }
  }
`);

export const Account = graphql(`
  query Account {
    viewer {
      person { id name email }
      language
      memberships { role territory { fullName } }
      staffRoles
      canManageAccount
      sessions(first: 50) { nodes { id browser createdAt seenAt expiresAt isCurrent } }
      apiTokens(first: 50) { nodes { id name prefix scopes createdAt expiresAt usedAt revokedAt isLive viewerActions } }
    }
  }
`);

export const UpdateProfile = graphql(`
  mutation UpdateProfile($name: String, $language: Language) {
    updateProfile(input: { name: $name, language: $language }) { person { id name } userErrors { code field message } }
  }
`);

export const RevokeSession = graphql(`
  mutation RevokeSession($session: ID!) {
    revokeSession(input: { session: $session }) { session { id } userErrors { code field message } }
  }
`);

export const CreateApiToken = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) { token apiToken { id } userErrors { code field message } }
  }
`);

export const RevokeApiToken = graphql(`
  mutation RevokeApiToken($token: ID!) {
    revokeApiToken(input: { apiToken: $token }) { apiToken { id } userErrors { code field message } }
  }
`);
