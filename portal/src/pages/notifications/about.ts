/** Where a notification leads. */
import type { FragmentOf } from '../../lib/graphql';
import type { NotificationAbout } from './operations';

type About = FragmentOf<typeof NotificationAbout>;

/** The page of what it is about; none where that is gone. */
export function addressOf({ subject }: Pick<About, 'subject'>): string | undefined {
  switch (subject?.__typename) {
    case 'ReplicationRequest': return `/requests/${subject.number}`;
    case 'Conversation': return `/conversations/${subject.id}`;
    case 'Practice': return `/practices/${subject.slug}`;
    default: return undefined;
  }
}

/** Whether the page of this path shows what it is about: a request's page has its conversation too. */
export const isShownBy = (path: string, about: Pick<About, 'subject' | 'number'>): boolean =>
  path === addressOf(about) || (about.number !== null && path === `/requests/${about.number}`);
