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

/** Entries under one name, which unfolds. */
export interface Group {
  name: (t: Texts) => string;
  for?: Entry['for'];
  entries: readonly Entry[];
}

export const menu: readonly (Entry | Group)[] = [
  { href: '/practices', name: (t) => t.practices },
  { href: '/find', name: (t) => t.find },
  { href: '/needs', name: (t) => t.needs },
  { href: '/territories', name: (t) => t.territories },
  { href: '/network', name: (t) => t.network },
  { href: '/tasks', name: (t) => t.tasks, for: 'signed-in', count: () => waiting.tasks },
  { href: '/requests', name: (t) => t.requests, for: 'signed-in' },
  { href: '/conversations', name: (t) => t.conversations, for: 'signed-in', count: () => waiting.messages },
  {
    name: (t) => t.ourTerritory,
    for: 'member',
    entries: [
      { href: '/our-practices', name: (t) => t.ownPractices },
      { href: '/our-needs', name: (t) => t.ownNeeds },
      { href: '/people', name: (t) => t.people },
    ],
  },
  { href: '/staff', name: (t) => t.staff, for: 'staff' },
];
