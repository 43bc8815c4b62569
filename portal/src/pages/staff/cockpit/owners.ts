/** Who is asked most, and how much of it is still open. */
import type { ResultOf } from '../../../lib/graphql';
import type { CockpitPage } from './operations';

type Nodes = NonNullable<ResultOf<typeof CockpitPage>['network']>['nodes'];

export interface Owner {
  slug: string;
  name: string;
  practices: number;
  total: number;
  /** Not over yet. */
  open: number;
  /** Neither yes nor no was said yet. */
  unanswered: number;
}

export const ownersOf = (nodes: Nodes): Owner[] =>
  nodes
    .filter(({ requestsReceived }) => requestsReceived.total > 0)
    .map(({ territory, practicesRun, requestsReceived: r }) => ({
      slug: territory.slug,
      name: territory.fullName,
      practices: practicesRun,
      total: r.total,
      open: r.sent + r.acknowledged + r.accepted + r.inProgress,
      unanswered: r.sent + r.acknowledged,
    }))
    .sort((a, b) => b.total - a.total || b.open - a.open || a.name.localeCompare(b.name, 'it'));
