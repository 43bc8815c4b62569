/** The addresses of this area: requests. */
import type { Route } from '../../lib/router.svelte';

/** Requests between territories: the list, a new one, one and its life. */
export const requests: readonly Route[] = [
  { path: '/requests', load: () => import('./List.svelte'), for: 'signed-in' },
  { path: '/requests/new', load: () => import('./New.svelte'), for: 'signed-in' },
  { path: '/requests/:number', load: () => import('./Request.svelte'), for: 'signed-in' },
];
