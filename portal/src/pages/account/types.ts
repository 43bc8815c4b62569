/** What the question of the account gives, by name. */
import type { ResultOf } from '../../lib/graphql';
import type { Account } from './operations';

export type Oneself = NonNullable<ResultOf<typeof Account>['viewer']>;
export type Session = NonNullable<Oneself['sessions']>['nodes'][number];
export type Token = NonNullable<Oneself['apiTokens']>['nodes'][number];
