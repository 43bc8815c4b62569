/** The addresses of this area: conversations. */
import type { Route } from '../../lib/router.svelte';

/** Talk between two territories. */
export const conversations: readonly Route[] = [
  { path: '/conversations', load: () => import('./List.svelte'), for: 'signed-in' },
  { path: '/conversations/new', load: () => import('./New.svelte'), for: 'signed-in' },
  { path: '/conversations/:id', load: () => import('./Conversation.svelte'), for: 'signed-in' },
];
