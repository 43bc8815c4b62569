/** Who works together more than with others: each group of two or more has a letter, a colour and a shape. */

/** Shapes and colours there are; later groups begin again, and their letter tells them apart. */
export const MARKS = 7;

interface Member {
  community: number;
  pageRank: number;
  territory: { name: string };
}

export interface Group {
  community: number;
  letter: string;
  /** Which shape and colour. */
  mark: number;
  size: number;
  /** Whom its members turn to most. */
  around: string;
}

/** `A` … `Z`, then `AA`. */
const letterOf = (at: number): string => (at < 26 ? '' : letterOf(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));

/** The groups, the largest first; who is alone is in none. */
export function groupsOf(nodes: readonly Member[]): Map<number, Group> {
  const members = new Map<number, Member[]>();
  for (const node of nodes) members.set(node.community, [...(members.get(node.community) ?? []), node]);
  const groups = [...members.entries()].filter(([, all]) => all.length > 1).sort(([a], [b]) => a - b);
  return new Map(
    groups.map(([community, all], at) => {
      const first = all.reduce((most, one) => (one.pageRank > most.pageRank ? one : most));
      return [community, { community, letter: letterOf(at), mark: at % MARKS, size: all.length, around: first.territory.name }];
    }),
  );
}
