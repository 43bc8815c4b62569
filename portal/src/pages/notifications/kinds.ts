/** The kinds of event, as the mails name them. Read by all pages of this area. */
import type { Enum } from '../../lib/graphql';
import { inLanguage } from '../../lib/language.svelte';
import { session } from '../../lib/session.svelte';

export type Kind = Enum<'NotificationCategory'>;

export const it: Record<Kind, string> = {
  YOUR_TURN: 'Quando tocca a voi',
  ESSENTIAL: 'Avvisi da non perdere',
  PROGRESS: 'Come procedono le richieste',
  MESSAGES: 'Nuovi messaggi',
  REMINDERS: 'Promemoria',
  NEEDS: 'Pratiche per ciò che cercate',
  FACILITATION: 'Repliche da accompagnare',
};

const en: Record<Kind, string> = {
  YOUR_TURN: 'When it is your turn',
  ESSENTIAL: 'Warnings not to be missed',
  PROGRESS: 'How requests go on',
  MESSAGES: 'New messages',
  REMINDERS: 'Reminders',
  NEEDS: 'Practices for what you look for',
  FACILITATION: 'Replications to accompany',
};

/** Their names in the language in use. */
export const kindNames = (): Record<Kind, string> => inLanguage(it, en);

/** Those that can reach the viewer: only facilitators accompany. */
export const kindsFor = (): Kind[] => (Object.keys(it) as Kind[]).filter((kind) => kind !== 'FACILITATION' || session.isStaff);
