/** What is opened is read. */
import { ask } from '../../lib/ask';
import { notified } from '../../lib/notified.svelte';
import { isShownBy } from './about';
import { MarkNotificationsRead, UnreadSubjects } from './operations';

/** Marks as read what the page of this path shows. */
export async function opened(path: string): Promise<void> {
  try {
    const { viewer } = await ask(UnreadSubjects, {});
    const shown = (viewer?.notifications?.nodes ?? []).filter((one) => isShownBy(decodeURIComponent(path), one));
    if (!shown.length) return;
    const { markNotificationsRead } = await ask(MarkNotificationsRead, { input: { ids: shown.map(({ id }) => id) } });
    if (markNotificationsRead.unreadNotifications !== null) notified.left(markNotificationsRead.unreadNotifications);
  } catch {
    // It stays unread: the page itself says what does not come.
  }
}
