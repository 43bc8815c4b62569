/** Under which name the typed text of a practice is kept in this browser: each person has an own one. */
import { session } from '../../lib/session.svelte';

export const draftKey = (practice: string): string => `practice.${session.person?.id ?? ''}.${practice}`;
