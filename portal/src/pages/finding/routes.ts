/** The addresses of this area: finding. */
import type { Route } from '../../lib/router.svelte';

/** Finding practices. `/search` is the same page under the name that people type. */
export const finding: readonly Route[] = [
  { path: '/practices', load: () => import('./search/Search.svelte') },
  { path: '/search', load: () => import('./search/Search.svelte') },
];
