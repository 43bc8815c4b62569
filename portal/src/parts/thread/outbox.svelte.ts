/**
 * What was written and has not certainly arrived. Each message has its key from the first try on, kept in the browser
 * with it: however often it is tried again, also after a reload, it stands in the conversation once.
 */
import { ask } from '../../lib/ask';
import { draft } from '../../lib/draft.svelte';
import { newKey } from '../../lib/once';
import { asProblem, type Reason } from '../../lib/problem';
import type { UserError } from '../../lib/refusals';
import { session } from '../../lib/session.svelte';
import { PostMessage } from './operations';
import type { Message } from './thread.svelte';

export interface Outgoing {
  key: string;
  body: string;
  onBehalfOf?: string;
}

export function outbox(conversation: string, arrived: (message: Message) => void) {
  const writer = session.person?.id;
  const kept = draft<Outgoing[]>(`outbox.${conversation}`, []);
  /** Those on their way now; all others have failed. */
  let going = $state.raw<ReadonlySet<string>>(new Set());
  let reasons = $state.raw<Readonly<Record<string, Reason>>>({});

  const drop = (key: string) => (kept.value = kept.value.filter((one) => one.key !== key));

  /** Tries to send; gives back what the hub refused, and forgets the message then: it goes back to the field. */
  async function send(one: Outgoing): Promise<readonly UserError[]> {
    if (going.has(one.key)) return [];
    going = new Set([...going, one.key]);
    try {
      const { body, onBehalfOf, key } = one;
      const { postMessage } = await ask(PostMessage, { input: { conversation, body, onBehalfOf, idempotencyKey: key } });
      const { message, userErrors } = postMessage;
      if (userErrors.some(({ code }) => code === 'SIGN_IN_NEEDED')) {
        session.lost();
        reasons = { ...reasons, [key]: 'signed-out' };
        return [];
      }
      drop(key);
      if (message) arrived(message);
      return userErrors;
    } catch (thrown) {
      const { reason } = asProblem(thrown);
      if (reason === 'signed-out') session.lost();
      reasons = { ...reasons, [one.key]: reason };
      return [];
    } finally {
      going = new Set([...going].filter((key) => key !== one.key));
    }
  }

  return {
    get waiting() { return kept.value; },
    isGoing: (key: string) => going.has(key),
    reasonOf: (key: string): Reason | undefined => reasons[key],
    drop,
    send,
    /** A new message: kept first, then sent. */
    post(body: string, onBehalfOf: string | undefined): Promise<readonly UserError[]> {
      const one = { key: newKey(), body, ...(onBehalfOf && { onBehalfOf }) };
      kept.value = [...kept.value, one];
      return send(one);
    },
    /**
     * The connection is back: what did not arrive goes out again, in its order, unless somebody else has signed in
     * meanwhile in another tab.
     */
    async resume(): Promise<void> {
      if (kept.value.length === 0 || !(await session.isStill(writer).catch(() => false))) return;
      for (const one of [...kept.value]) await send(one);
    },
  };
}
