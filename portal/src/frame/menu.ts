/** The main menu: what everybody sees, and what is added for who is signed in. */
import type { Texts } from './texts';

export interface Entry {
  href: string;
  name: (t: Texts) => string;
  for?: 'signed-in' | 'staff';
}

export const menu: readonly Entry[] = [
  { href: '/practices', name: (t) => t.practices },
  { href: '/territories', name: (t) => t.territories },
  { href: '/our-practices', name: (t) => t.ownPractices, for: 'signed-in' },
  { href: '/people', name: (t) => t.people, for: 'signed-in' },
  { href: '/staff', name: (t) => t.staff, for: 'staff' },
];
