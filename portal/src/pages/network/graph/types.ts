/** The network as the hub gives it. */
import type { ResultOf } from '../../../lib/graphql';
import type { NetworkPicture } from './operations';

export type Graph = NonNullable<ResultOf<typeof NetworkPicture>['network']>;
export type Node = Graph['nodes'][number];
export type Edge = Graph['edges'][number];
