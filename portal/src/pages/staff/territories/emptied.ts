/** What an import takes away: data that is there now and that the file leaves empty, or has no column for. */

export interface Emptied {
  column: string;
  /** The territories that lose it, by name. */
  names: string[];
}

/** A change that leaves nothing, as the hub's report writes it: `population 59000 → –`. */
const LOST = /(?:^|, )(\w+) (?:(?! → ).)+ → –(?=, \w+ |$)/g;

/** By column, those that lose most first. The report's lines are `~ Comune di Matera: population 59000 → –, …`. */
export function emptiedOf(changes: readonly string[]): Emptied[] {
  const lost = new Map<string, string[]>();
  for (const change of changes) {
    const [, name, what] = /^~ (.+?): (.*)$/.exec(change) ?? [];
    if (!name || !what) continue;
    for (const [, column = ''] of what.matchAll(LOST)) lost.set(column, [...(lost.get(column) ?? []), name]);
  }
  return [...lost].map(([column, names]) => ({ column, names })).sort((a, b) => b.names.length - a.names.length);
}
