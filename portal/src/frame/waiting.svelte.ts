/** How much waits for the viewer: the numbers in the menu and at the bell, asked again when something happens. */
import { ask } from '../lib/ask';
import { live } from '../lib/live.svelte';
import { notified } from '../lib/notified.svelte';
import { session } from '../lib/session.svelte';
import { Waiting } from './operations';

/** Milliseconds after which the hub has written down what an event tells people. */
const WRITTEN = 1_500;

let shown = $state.raw({ tasks: 0, messages: 0 });
let asking = false;
let wanted = false;
let later: ReturnType<typeof setTimeout> | undefined;

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
    if (viewer?.notifications) notified.is(viewer.unreadNotifications ?? 0, viewer.notifications.nodes[0]?.id ?? null);
  } catch {
    // The pages themselves say what they could not get; a number that is old does no harm.
  }
}

/** Something happened: counts now, and once more when what it tells is there. */
function happened(): void {
  void count();
  clearTimeout(later);
  later = setTimeout(() => void count(), WRITTEN);
}

/** Reminders come without an event: who looks at this page again sees how much there is by now. */
function seen(): void {
  if (document.visibilityState === 'visible') void count();
}

/** Counts as long as somebody is signed in. Call while a component is made. */
export function keepCount(): void {
  $effect(() => {
    shown = { tasks: 0, messages: 0 };
    notified.forget();
    if (!session.person?.id) return;
    void count();
    const ends = [live.listen(happened), live.onReturn(happened), live.onChanged(() => void count())];
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(later);
      document.removeEventListener('visibilitychange', seen);
      ends.forEach((end) => end());
    };
  });
}
