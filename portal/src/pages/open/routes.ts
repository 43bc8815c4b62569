import type { Route } from '../../lib/router.svelte';

/** What everybody may see. */
export const open: readonly Route[] = [
  { path: '/', load: () => import('./Home.svelte') },
];
