/** The main menu: what everybody sees, and what is added for who is signed in. */
import type { Texts } from './texts';
import { waiting } from './waiting.svelte';

export interface Entry {
  href: string;
  name: (t: Texts) => string;
  /** Whom it is for; left out, everybody. */
  for?: 'signed-in' | 'member' | 'staff';
  /** How much waits there. */
  count?: () => number;
}

export const menu: readonly Entry[] = [
  { href: '/practices', name: (t) => t.practices },
  { href: '/territories', name: (t) => t.territories },
  { href: '/tasks', name: (t) => t.tasks, for: 'signed-in', count: () => waiting.tasks },
  { href: '/requests', name: (t) => t.requests, for: 'signed-in' },
  { href: '/conversations', name: (t) => t.conversations, for: 'signed-in', count: () => waiting.messages },
  { href: '/our-practices', name: (t) => t.ownPractices, for: 'member' },
  { href: '/people', name: (t) => t.people, for: 'member' },
  { href: '/staff', name: (t) => t.staff, for: 'staff' },
];
