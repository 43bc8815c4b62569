/** Asks the hub. One place for headers, time limits and what each failure means. */
import { language } from './language.svelte';
import { textOf, type Question } from './graphql';
import { Problem, type Reason } from './problem';

/** Milliseconds until an answer counts as lost. */
const PATIENCE = 30_000;

interface GraphqlError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; requestId?: string };
}

/** What the hub answers, or a `Problem`. `userErrors` are part of the answer: they are for the form. */
export async function ask<Result, Variables>(
  question: Question<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const limit = AbortSignal.timeout(PATIENCE);
  let answer: Response;
  let body: { data?: Result | null; errors?: GraphqlError[] };
  try {
    answer = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'accept-language': language.current,
      },
      body: JSON.stringify({ query: textOf(question), variables }),
    });
    body = await answer.json();
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new Problem('unreachable', thrown instanceof Error ? thrown.message : String(thrown));
  }
  const [error] = (body.errors ?? []).filter((one) => !isNoId(one));
  if (error || !body.data) throw asProblem(answer, error);
  if (needsSignIn(body.data)) throw new Problem('signed-out', 'SIGN_IN_NEEDED');
  return body.data;
}

/** Fields that are asked with ids from an address, and give null where these are none. */
const BY_ID: readonly unknown[] = ['node', 'auditLog'];

/** What stands in an address for an id may be none: then there is nothing by it, as by an id of something that is gone. */
const isNoId = ({ path, extensions }: GraphqlError): boolean =>
  extensions?.code === 'BAD_ARGUMENT' && path?.length === 1 && BY_ID.includes(path[0]);

/** A mutation says among its `userErrors` that nobody is signed in any more. */
const needsSignIn = (data: object): boolean =>
  Object.values(data).some((part: { userErrors?: { code?: string }[] } | null) => part?.userErrors?.some(({ code }) => code === 'SIGN_IN_NEEDED'));

function asProblem(answer: Response, error: GraphqlError | undefined): Problem {
  const code = error?.extensions?.code ?? '';
  const reason: Reason =
    code === 'UNAUTHENTICATED' || answer.status === 401 ? 'signed-out'
    : answer.status === 429 ? 'too-many'
    : answer.status === 503 || answer.status === 502 || answer.status === 504 ? 'unreachable'
    : 'failed';
  const wait = Number(answer.headers.get('retry-after')) || undefined;
  return new Problem(reason, error?.message ?? `HTTP ${answer.status}`, error?.extensions?.requestId, wait);
}
