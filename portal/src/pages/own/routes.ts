/** The addresses of this area: own. */
import type { Route } from '../../lib/router.svelte';

/** The practices of one's own territory, and writing them. */
export const own: readonly Route[] = [
  { path: '/our-practices', load: () => import('./OwnPractices.svelte'), for: 'signed-in' },
  { path: '/our-practices/:slug', load: () => import('./EditPractice.svelte'), for: 'signed-in' },
];
