import type { Route } from '../../lib/router.svelte';

/** For facilitators and stewards: what is to review, what is stuck. */
export const staff: readonly Route[] = [
  { path: '/staff', load: () => import('./Staff.svelte'), for: 'staff' },
];
