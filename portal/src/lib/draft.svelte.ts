/**
 * What is being typed, kept in this browser until it was sent: a failed send or a closed page loses nothing. It belongs
 * to the person who typed it; whoever signs in next in the same browser neither sees nor sends it.
 */
import { session } from './session.svelte';

const PREFIX = 'innesto.draft.';
/** Drafts older than this are forgotten, in milliseconds: shared computers. */
const KEPT = 30 * 24 * 3_600_000;

interface Kept<Value> {
  at: number;
  value: Value;
}

/** Where it is kept: under whoever is signed in now. */
const address = (key: string) => `${PREFIX}${session.person?.id ?? 'nobody'}.${key}`;

/** Puts what nobody in particular typed where it is this person's, unless the person typed something since. */
function take(key: string, at: string): void {
  const from = `${PREFIX}nobody.${key}`;
  if (from === at) return;
  try {
    const since = (place: string): number => (JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept<unknown>>).at ?? 0;
    if (since(from) > since(at)) localStorage.setItem(at, localStorage.getItem(from) ?? '');
    localStorage.removeItem(from);
  } catch {
    // A forbidden storage keeps nothing.
  }
}

/** Those that are too old are thrown away, also where nobody opens their page any more. */
function tidy(): void {
  try {
    for (const at of Object.keys(localStorage)) if (at.startsWith(PREFIX) && read(at) === undefined) localStorage.removeItem(at);
  } catch {
    // A forbidden storage keeps nothing.
  }
}

function read<Value>(at: string): Value | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(at) ?? 'null') as Kept<Value> | null;
    if (kept && Date.now() - kept.at < KEPT) return kept.value;
  } catch {
    // Unreadable is as good as none.
  }
  return undefined;
}

tidy();

export interface Draft<Value> {
  value: Value;
  /** Whether it was found from before, not typed now. */
  readonly wasKept: boolean;
  /** It was sent: starts over. */
  clear(): void;
}

/**
 * A value bound to a field, kept at each change. The key names the viewer's matter: `message.<id>`. With `adopt`, what
 * was typed before signing in becomes the person's: only where that very page has led to signing in.
 */
export function draft<Value>(key: string, empty: Value, adopt = false): Draft<Value> {
  const at = address(key);
  if (adopt) take(key, at);
  const found = read<Value>(at);
  let value = $state<Value>(found ?? empty);
  return {
    get value() { return value; },
    set value(next: Value) {
      value = next;
      try {
        if (JSON.stringify(next) === JSON.stringify(empty)) localStorage.removeItem(at);
        else localStorage.setItem(at, JSON.stringify({ at: Date.now(), value: next } satisfies Kept<Value>));
      } catch {
        // A full or forbidden storage: the text still stands in the field.
      }
    },
    wasKept: found !== undefined,
    clear() {
      value = empty;
      forget(at);
    },
  };
}

/** Whether something typed waits under this key. */
export const hasDraft = (key: string): boolean => read(address(key)) !== undefined;

function forget(at: string): void {
  try {
    localStorage.removeItem(at);
  } catch {
    // A forbidden storage keeps nothing.
  }
}

/** On signing out: nothing of this person stays in the browser. */
export function forgetDrafts(): void {
  try {
    for (const at of Object.keys(localStorage)) if (at.startsWith(PREFIX)) localStorage.removeItem(at);
  } catch {
    // A forbidden storage keeps nothing.
  }
}
