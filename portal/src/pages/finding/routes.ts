/** The addresses of this area: finding. */
import type { Route } from '../../lib/router.svelte';

/** Finding practices by search or by a need in words, what others look for, and what one's own territory does. */
export const finding: readonly Route[] = [
  { path: '/practices', load: () => import('./search/Search.svelte') },
  // The same page under the name that people type.
  { path: '/search', load: () => import('./search/Search.svelte') },
  { path: '/find', load: () => import('./wizard/Find.svelte') },
  { path: '/needs', load: () => import('./needs/Board.svelte') },
  { path: '/needs/:id', load: () => import('./needs/Need.svelte') },
  { path: '/our-needs', load: () => import('./needs/OurNeeds.svelte'), for: 'signed-in' },
  { path: '/our-needs/new', load: () => import('./needs/NewNeed.svelte'), for: 'signed-in' },
];
