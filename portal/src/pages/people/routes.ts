/** The addresses of this area: people. */
import type { Route } from '../../lib/router.svelte';

/** The people of one's own territory. */
export const people: readonly Route[] = [{ path: '/people', load: () => import('./People.svelte'), for: 'signed-in' }];
