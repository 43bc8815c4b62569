/** Tells the hub which matches were shown to a territory and which was opened, so that the weights can be judged. */
import { ask } from '../../../lib/ask';
import type { VariablesOf } from '../../../lib/graphql';
import { NoteMatchesShown, NoteMatchOpened } from './operations';

/** For whom matches were shown; nothing is told where it is not a territory of the viewer's. */
export interface Audience {
  territory: string;
  need: string | null;
  wish: VariablesOf<typeof NoteMatchesShown>['input']['wish'];
}

// Nobody waits for this, and nobody misses it where it fails.
const quietly = (told: Promise<unknown>): void => void told.catch(() => undefined);

export const noteShown = (audience: Audience, practices: readonly string[]): void =>
  quietly(ask(NoteMatchesShown, { input: { ...audience, practices: [...practices] } }));

export const noteOpened = ({ territory, need }: Audience, practice: string): void =>
  quietly(ask(NoteMatchOpened, { input: { territory, need, practice } }));
