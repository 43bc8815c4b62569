/** What the questions of this page give, by name. */
import type { Enum, ResultOf } from '../../lib/graphql';
import type { People } from './operations';

export type Territory = NonNullable<ResultOf<typeof People>['territory']>;
export type Member = NonNullable<Territory['members']>['nodes'][number];
export type Invited = NonNullable<Territory['invitations']>['nodes'][number];
export type Contact = NonNullable<Territory['contacts']>['nodes'][number];
export type Role = Enum<'MemberRole'>;
export type Visibility = Enum<'ContactVisibility'>;
export type Duties = NonNullable<Contact['duties']>;
