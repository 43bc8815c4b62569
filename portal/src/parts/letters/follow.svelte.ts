/** Letters leave a moment after what they tell of, and nothing says when: for a while it is asked again, ever more seldom. */
import type { FragmentOf } from '../../lib/graphql';
import type { LetterPart } from './operations';

/** Milliseconds between asking and asking again; then what is shown stays. */
const PAUSES = [2_000, 3_000, 5_000, 10_000, 20_000, 40_000];
/** As long as this after it happened, letters may still be on their way; clocks may differ. */
const FRESH = 120_000;

interface Told {
  /** What it is known by. */
  key: string;
  at: string;
  /** Null for who may not see them. */
  letters: readonly FragmentOf<typeof LetterPart>[] | null;
}

/** Whether it happened a moment ago. */
export const isFresh = (at: string): boolean => Math.abs(Date.now() - Date.parse(at)) < FRESH;

const isOnItsWay = ({ letters, at }: Told): boolean =>
  letters !== null && isFresh(at) && (!letters.length || letters.some(({ state }) => state === 'QUEUED' || state === 'SENDING'));

/** Call while a component is made: asks again while the last of these is fresh and its letters are not out. */
export function follow(last: () => Told | undefined, again: () => Promise<void>): void {
  const key = $derived.by(() => {
    const told = last();
    return told && isOnItsWay(told) ? told.key : undefined;
  });
  $effect(() => {
    if (key === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pauses = [...PAUSES];
    const wait = () => {
      const pause = pauses.shift();
      if (pause !== undefined) timer = setTimeout(() => { void again().then(() => timer && wait()); }, pause);
    };
    wait();
    return () => {
      clearTimeout(timer);
      timer = undefined;
    };
  });
}
