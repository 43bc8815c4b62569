/** What is asked for, as typed, and how it reaches the hub: a draft, then sent, and never twice. */
import { ask } from '../../lib/ask';
import type { ResultOf, VariablesOf } from '../../lib/graphql';
import { keyOfInput } from '../../lib/once';
import type { UserError } from '../../lib/refusals';
import { AskedPractice, DraftRequest, OpenRequest, SendRequest, UpdateRequest } from './operations';

export type Practice = NonNullable<ResultOf<typeof AskedPractice>['practice']>;
export type Open = ResultOf<typeof OpenRequest>['replicationRequests']['nodes'][number];
export type Level = Practice['supportOffer']['levels'][number];

export interface Wish {
  /** Null until somebody wrote something. */
  need: string | null;
  level: Level | null;
  /** Documents of the kit that are not wanted: all are, at first. */
  left: string[];
  wishedStart: string;
}
export const noWish: Wish = { need: null, level: null, left: [], wishedStart: '' };

/** The wish of a draft that lies on the hub already. */
export const wishOf = (open: Open, practice: Practice): Wish => ({
  need: open.need,
  level: open.supportLevel,
  left: practice.kit.filter(({ id }) => !open.kitWanted.some((wanted) => wanted.id === id)).map(({ id }) => id),
  wishedStart: open.wishedStart ?? '',
});

type Made = { replicationRequest: { id: string; number: string; version: number } | null; userErrors: readonly UserError[] };
type Input = Omit<VariablesOf<typeof UpdateRequest>['input'], 'id'>;

/** Keeps what of the way was gone already, so that trying again goes on from there. */
export function sender(practice: string, requester: string) {
  const keyOf = keyOfInput();
  const sendKey = keyOfInput();
  /** The draft as it lies on the hub, and what it says. */
  let lies: { said: string; made: Made } | undefined;

  async function openOne(): Promise<Open | undefined> {
    return (await ask(OpenRequest, { practice, territory: requester })).replicationRequests.nodes[0];
  }

  /** Saves the draft, the one that is there or a new one, unless it says so already. */
  async function save(input: Input, id: string | undefined): Promise<Made> {
    const said = JSON.stringify(input);
    if (lies?.said === said) return lies.made;
    const made = await saveAnew(input, id);
    lies = made.replicationRequest ? { said, made } : undefined;
    return made;
  }

  async function saveAnew(input: Input, id: string | undefined): Promise<Made> {
    const whole = { ...input, ...(id ? { id } : { practice, requester }) };
    const idempotencyKey = keyOf(whole);
    if (id) return (await ask(UpdateRequest, { input: { ...input, id, idempotencyKey } })).made;
    const { made } = await ask(DraftRequest, { input: { ...input, practice, requester, idempotencyKey } });
    if (!made.userErrors.some(({ code }) => code === 'DUPLICATE')) return made;
    // The draft of a try whose answer was lost.
    const open = await openOne();
    return open?.state === 'DRAFT' ? saveAnew(input, open.id) : made;
  }

  return {
    save,
    /** The request that is open and sent, where that is why something was refused. */
    async sentOne(): Promise<Open | undefined> {
      const open = await openOne();
      return open?.state === 'DRAFT' ? undefined : open;
    },
    async send({ id, version }: { id: string; version: number }): Promise<Made> {
      const { made } = await ask(SendRequest, { input: { id, expectedVersion: version, idempotencyKey: sendKey(id) } });
      if (made.userErrors.length) lies = undefined;
      return made;
    },
  };
}
