/** The addresses of this area: staff. */
import type { Route } from '../../lib/router.svelte';

/** For facilitators and stewards: what is to review, what is stuck. For stewards: the log, the lists of the hub. */
export const staff: readonly Route[] = [
  { path: '/staff', load: () => import('./Staff.svelte'), for: 'staff' },
  { path: '/staff/cockpit', load: () => import('./cockpit/Cockpit.svelte'), for: 'staff' },
  { path: '/staff/log', load: () => import('./log/Log.svelte'), for: 'steward' },
  { path: '/staff/mail', load: () => import('./mail/MailLog.svelte'), for: 'steward' },
  { path: '/staff/mail/addresses', load: () => import('./mail/Addresses.svelte'), for: 'steward' },
  { path: '/staff/vocabularies', load: () => import('./vocabularies/Vocabularies.svelte'), for: 'steward' },
  { path: '/staff/synonyms', load: () => import('./synonyms/Synonyms.svelte'), for: 'steward' },
  { path: '/staff/territories', load: () => import('./territories/Territories.svelte'), for: 'steward' },
];
