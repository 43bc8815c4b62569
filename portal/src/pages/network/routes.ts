/** The addresses of this area: network. */
import type { Route } from '../../lib/router.svelte';

/** Who works with whom: drawn, on the map, over time, and which practice comes from which. */
export const network: readonly Route[] = [
  { path: '/network', load: () => import('./graph/Network.svelte') },
  { path: '/network/reach', load: () => import('./reach/Reach.svelte') },
  { path: '/network/series', load: () => import('./series/Series.svelte') },
  { path: '/network/lineage', load: () => import('./lineage/Forest.svelte') },
];
