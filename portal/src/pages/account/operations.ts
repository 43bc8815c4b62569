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
