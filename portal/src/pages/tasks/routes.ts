/** The addresses of this area: tasks. */
import type { Route } from '../../lib/router.svelte';

/** What waits for the viewer: the first page after signing in. */
export const tasks: readonly Route[] = [{ path: '/tasks', load: () => import('./Tasks.svelte'), for: 'signed-in' }];
