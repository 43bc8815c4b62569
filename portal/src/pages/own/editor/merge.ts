/** Three versions of a field — read before, typed here, read now — become one, or a conflict for the person to settle. */
import { keyOf, names, type Name, type Values } from './fields';

export interface Held {
  /** What is typed here and not the hub's yet. */
  mine: Partial<Values>;
  /** For each field: what the hub had when it was last read, as its key. */
  read: Partial<Record<Name, string>>;
  /** For each field: what was last sent, of which the answer may have been lost. */
  tried: Partial<Record<Name, string>>;
}

export interface Merged {
  /** What stays typed here. */
  mine: Partial<Values>;
  /** Fields that both changed, each in its own way. */
  conflicts: Name[];
  /** Fields that another changed and nobody here did. */
  news: Name[];
}

/** Assigns one field of a partial form; the compiler cannot see that name and value belong together. */
export function put<N extends Name>(into: Partial<Values>, name: N, value: Values[N]): void {
  into[name] = value as Partial<Values>[N];
}

/** `isOwn`: what the hub has now is the answer to our own change, so that nobody else can have changed it. */
export function merge({ mine, read, tried }: Held, now: Values, isOwn = false): Merged {
  const merged: Merged = { mine: {}, conflicts: [], news: [] };
  for (const name of names) {
    const theirs = keyOf(name, now[name]);
    const typed = mine[name];
    const changed = !isOwn && read[name] !== undefined && theirs !== read[name] && theirs !== tried[name];
    if (typed === undefined) {
      if (changed) merged.news.push(name);
      continue;
    }
    const own = keyOf(name, typed);
    if (own === theirs || !(changed || (isOwn && own === tried[name]))) {
      // Not yet sent, or the same but for spaces at the ends: what stands in the field is left alone under the cursor.
      put(merged.mine, name, typed);
    } else if (isOwn) {
      // The hub has put it in order; its way of writing it is shown.
    } else if (own === read[name] || own === tried[name]) {
      // Typed before, saved since, changed by another since then.
      merged.news.push(name);
    } else {
      put(merged.mine, name, typed);
      merged.conflicts.push(name);
    }
  }
  return merged;
}
