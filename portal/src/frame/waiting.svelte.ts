/** How much waits for the viewer: the numbers in the menu, asked again when something happens. */
import { ask } from '../lib/ask';
import { live } from '../lib/live.svelte';
import { session } from '../lib/session.svelte';
import { Waiting } from './operations';

let shown = $state.raw({ tasks: 0, messages: 0 });
let asking = false;
let wanted = false;

export const waiting = {
  /** What one has to do, but for reading. */
  get tasks() { return shown.tasks; },
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
    const { viewerTasks, viewer } = await ask(Waiting, {});
    const unread = (viewer?.memberships ?? []).map(({ territory }) => territory.viewerUnreadMessages ?? 0);
    shown = { tasks: viewerTasks?.totalCount ?? 0, messages: unread.reduce((sum, one) => sum + one, 0) };
  } catch {
    // The pages themselves say what they could not get; a number that is old does no harm.
  }
}

/** Counts as long as somebody is signed in. Call while a component is made. */
export function keepCount(): void {
  $effect(() => {
    shown = { tasks: 0, messages: 0 };
    if (!session.person?.id) return;
    void count();
    const ends = [live.listen(() => void count()), live.onReturn(() => void count()), live.onChanged(() => void count())];
    return () => ends.forEach((end) => end());
  });
}
