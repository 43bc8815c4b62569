/** The addresses of this area: notifications. */
import type { Route } from '../../lib/router.svelte';

/** What has reached the viewer, and how it wants to be told. */
export const notifications: readonly Route[] = [
  { path: '/notifications', load: () => import('./Centre.svelte'), for: 'signed-in' },
  { path: '/notifications/settings', load: () => import('./settings/Settings.svelte'), for: 'signed-in' },
];
