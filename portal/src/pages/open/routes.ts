/** The addresses of this area: open. */
import type { Route } from '../../lib/router.svelte';

/** What everybody may see. */
export const open: readonly Route[] = [
  { path: '/', load: () => import('./home/Home.svelte') },
  { path: '/practices/:slug', load: () => import('./practice/Practice.svelte') },
  { path: '/territories', load: () => import('./territories/Territories.svelte') },
  { path: '/territories/:slug', load: () => import('./territories/Territory.svelte') },
  { path: '/accessibility', load: () => import('./about/Accessibility.svelte') },
  { path: '/privacy', load: () => import('./about/Privacy.svelte') },
  { path: '/feedback', load: () => import('./about/Feedback.svelte') },
];
