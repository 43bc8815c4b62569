/** How much waits for the viewer: the numbers in the menu, asked again when something happens. */
import { ask } from '../lib/ask';
import { live } from '../lib/live.svelte';
import { session } from '../lib/session.svelte';
import { Waiting } from './operations';

let shown = $state.raw({ requests: 0, messages: 0 });
let asking = false;
let wanted = false;

export const waiting = {
  /** Requests whose next step is the viewer's side's. */
  get requests() { return shown.requests; },
  /** Messages that the viewer has not read. */
  get messages() { return shown.messages; },
};

async function count(): Promise<void> {
  wanted = true;
  if (asking) return;
  asking = true;
  // What happens while the answer is on its way is asked for once more.
  while (wanted) await once();
  asking = false;
}

async function once(): Promise<void> {
  wanted = false;
  try {
    const answers = await Promise.all(session.memberships.map(({ territory }) => ask(Waiting, { territory: territory.id })));
    shown = {
      requests: answers.reduce((sum, { received, sent }) => sum + received.totalCount + sent.totalCount, 0),
      messages: answers.reduce((sum, { territory }) => sum + (territory?.viewerUnreadMessages ?? 0), 0),
    };
  } catch {
    // The pages themselves say what they could not get; a number that is old does no harm.
  }
}

/** Counts as long as somebody is signed in. Call while a component is made. */
export function keepCount(): void {
  $effect(() => {
    shown = { requests: 0, messages: 0 };
    if (!session.person?.id) return;
    void count();
    const ends = [live.listen(() => void count()), live.onReturn(() => void count()), live.onChanged(() => void count())];
    return () => ends.forEach((end) => end());
  });
}
