/** The addresses of this area: network. */
import type { Route } from '../../lib/router.svelte';

/** Who works with whom: drawn, on the map, month by month, and which practice comes from which. */
export const network: readonly Route[] = [
  { path: '/network', load: () => import('./graph/Network.svelte') },
];
