/** What the page of a practice shows, as the hub gives it. */
import type { ResultOf } from '../../../lib/graphql';
import type { PracticeLineage, PracticePage } from './operations';

export type Told = NonNullable<ResultOf<typeof PracticePage>['practice']>;
export type Phase = ResultOf<typeof PracticePage>['phases'][number];
export type Tree = NonNullable<ResultOf<typeof PracticeLineage>['lineage']>;
