/** A list that comes page by page: the next on demand; asked again, it comes as far as it was shown. */
import { ask } from './ask';
import type { Question } from './graphql';
import type { Problem } from './problem';
import { query, type Asked } from './query.svelte';
import { sending } from './sending.svelte';

interface List {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Pages<Result> extends Asked<Result> {
  readonly hasNext: boolean;
  /** The next page on its way, and why it did not come. */
  readonly next: { readonly busy: boolean; readonly problem: Problem | undefined };
  /** Brings the next page. */
  more(): Promise<void>;
}

/**
 * Call while a component is made. `key` names the list in the answer; `variables` are all but `after`, of the page after
 * this; what a later page leaves out stays. So many pages are shown at first.
 */
export function pages<Key extends string, Result extends Partial<Record<Key, List | null>>, Variables extends { after?: string | null }>(
  question: Question<Result, Variables>,
  key: Key,
  variables: (after: string | null) => Omit<Variables, 'after'>,
  first = 1,
): Pages<Result> {
  const from = (after: string | null) => ({ ...variables(after), after }) as Variables;
  const endOf = (result: Result | undefined) => (result?.[key]?.pageInfo.hasNextPage ? result[key].pageInfo.endCursor : null);
  const joined = (now: Result, next: Result): Result =>
    ({ ...now, ...next, [key]: next[key] && { ...next[key], nodes: [...(now[key]?.nodes ?? []), ...next[key].nodes] } });
  const reading = sending();
  /** How many pages are shown, and of which list. */
  let shown = { of: '', count: first };

  const asked = query(question, () => from(null), async (values, signal) => {
    const of = JSON.stringify(values);
    if (of !== shown.of) shown = { of, count: shown.of ? 1 : shown.count };
    let result = await ask(question, values, signal);
    for (let count = 1; count < shown.count && endOf(result); count++) {
      result = joined(result, await ask(question, from(endOf(result)), signal));
    }
    return result;
  });

  return {
    get data() { return asked.data; },
    get problem() { return asked.problem; },
    get loading() { return asked.loading; },
    get hasNext() { return endOf(asked.data) !== null; },
    next: reading,
    again: asked.again,
    set: asked.set,
    async more() {
      const [after, of] = [endOf(asked.data), shown.of];
      if (after === null) return;
      await reading.run(async () => {
        const next = await ask(question, from(after));
        // Meanwhile it may have become another list, or end elsewhere.
        if (of === shown.of && after === endOf(asked.data)) {
          shown.count += 1;
          asked.set((now) => joined(now, next));
        }
        return [];
      });
    },
  };
}
