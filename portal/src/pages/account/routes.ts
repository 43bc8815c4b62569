/** The addresses of this area: account. */
import type { Route } from '../../lib/router.svelte';

/** Signing in and one's own account. */
export const account: readonly Route[] = [
  { path: '/sign-in', load: () => import('./SignIn.svelte') },
  { path: '/account', load: () => import('./Account.svelte'), for: 'signed-in' },
];
