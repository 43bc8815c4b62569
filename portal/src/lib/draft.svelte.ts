/** What is being typed, kept in this browser until it was sent: a failed send or a closed page loses nothing. */
const PREFIX = 'innesto.draft.';
/** Drafts older than this are forgotten, in milliseconds: shared computers. */
const KEPT = 30 * 24 * 3_600_000;

interface Kept<Value> {
  at: number;
  value: Value;
}

function read<Value>(key: string): Value | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as Kept<Value> | null;
    if (kept && Date.now() - kept.at < KEPT) return kept.value;
  } catch {
    // Unreadable is as good as none.
  }
  return undefined;
}

export interface Draft<Value> {
  value: Value;
  /** Whether it was found from before, not typed now. */
  readonly wasKept: boolean;
  /** It was sent: starts over. */
  clear(): void;
}

/** A value bound to a field, kept at each change. The key names the viewer's matter: `message.<id>`. */
export function draft<Value>(key: string, empty: Value): Draft<Value> {
  const found = read<Value>(key);
  let value = $state<Value>(found ?? empty);
  return {
    get value() { return value; },
    set value(next: Value) {
      value = next;
      try {
        if (JSON.stringify(next) === JSON.stringify(empty)) localStorage.removeItem(PREFIX + key);
        else localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), value: next } satisfies Kept<Value>));
      } catch {
        // A full or forbidden storage: the text still stands in the field.
      }
    },
    wasKept: found !== undefined,
    clear() {
      value = empty;
      localStorage.removeItem(PREFIX + key);
    },
  };
}

/** Whether something typed waits under this key. */
export const hasDraft = (key: string): boolean => read(key) !== undefined;

/** On signing out: nothing of this person stays in the browser. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
