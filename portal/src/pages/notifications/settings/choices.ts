/** What one has chosen and not saved yet, beside what the hub knows. Only what differs is kept, and sent. */
import type { Enum, FragmentOf, VariablesOf } from '../../../lib/graphql';
import type { Kind } from '../kinds';
import type { PreferenceParts, UpdateNotificationSettings } from './operations';

export type Settings = FragmentOf<typeof PreferenceParts>;
export type Frequency = Enum<'NotificationFrequency'>;
export type Hours = Settings['quietHours'];

export interface Changes {
  frequencies?: Partial<Record<Kind, Frequency>>;
  hours?: Hours;
  weekendsOff?: boolean;
}

/** What holds once the changes are saved. */
export const withChanges = (saved: Settings, changes: Changes): Settings => ({
  preferences: saved.preferences.map((one) => ({ ...one, frequency: changes.frequencies?.[one.category] ?? one.frequency })),
  quietHours: changes.hours === undefined ? saved.quietHours : changes.hours,
  weekendsOff: changes.weekendsOff ?? saved.weekendsOff,
});

/** By what the chosen differs from the saved. */
export function changesFrom(saved: Settings, chosen: Settings): Changes {
  const isSame = (a: Hours, b: Hours) => a?.from === b?.from && a?.until === b?.until;
  const differing = chosen.preferences.filter(({ category, frequency }) =>
    saved.preferences.some((one) => one.category === category && one.frequency !== frequency));
  return {
    ...(differing.length && { frequencies: Object.fromEntries(differing.map(({ category, frequency }) => [category, frequency])) }),
    ...(!isSame(saved.quietHours, chosen.quietHours) && { hours: chosen.quietHours }),
    ...(saved.weekendsOff !== chosen.weekendsOff && { weekendsOff: chosen.weekendsOff }),
  };
}

/** As the hub wants to be told. */
export function toSend({ frequencies = {}, hours, weekendsOff }: Changes): VariablesOf<typeof UpdateNotificationSettings>['input'] {
  const preferences = (Object.entries(frequencies) as [Kind, Frequency][]).map(([category, frequency]) => ({ category, frequency }));
  return {
    ...(preferences.length && { preferences }),
    ...(hours !== undefined && { quietHours: hours }),
    ...(weekendsOff !== undefined && { weekendsOff }),
  };
}
