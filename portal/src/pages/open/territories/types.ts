/** What the page of a territory shows, as the hub gives it. */
import type { ResultOf } from '../../../lib/graphql';
import type { TerritoryPage } from './operations';

export type Shown = NonNullable<ResultOf<typeof TerritoryPage>['territory']>;
