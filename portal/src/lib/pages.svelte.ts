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

type NameOfList<Result> = { [Name in keyof Result]: Result[Name] extends List | null | undefined ? Name : never }[keyof Result];

/**
 * Call while a component is made. `where` names the list in the answer, or finds it deeper within; `variables` are all
 * but `after`, of the page after this, and `null` asks nothing; what a later page leaves out stays. So many pages are
 * shown at first.
 */
export function pages<Result extends object, Variables extends { after?: string | null }>(
  question: Question<Result, Variables>,
  where: NameOfList<Result> | ((result: Result) => List | null | undefined),
  variables: (after: string | null) => Omit<Variables, 'after'> | null,
  first = 1,
): Pages<Result> {
  const listOf = (result: Result) => (typeof where === 'function' ? where(result) : (result[where] as List | null | undefined));
  const from = (after: string | null) => {
    const values = variables(after);
    return values && ({ ...values, after } as Variables);
  };
  const endOf = (result: Result | undefined) => {
    const page = result && listOf(result)?.pageInfo;
    return page?.hasNextPage ? page.endCursor : null;
  };
  const joined = (now: Result, next: Result): Result => {
    const result = { ...now, ...structuredClone(next) };
    const list: { nodes: readonly unknown[] } | null | undefined = listOf(result);
    if (list) list.nodes = [...(listOf(now)?.nodes ?? []), ...list.nodes];
    return result;
  };
  const reading = sending();
  /** How many pages are shown, and of which list. */
  let shown = { of: '', count: first };

  const asked = query(question, () => from(null), async (values, signal) => {
    const of = JSON.stringify(values);
    if (of !== shown.of) shown = { of, count: shown.of ? 1 : shown.count };
    let result: Result = await ask(question, values, signal);
    for (let count = 1; count < shown.count && endOf(result); count++) {
      const next = from(endOf(result));
      if (next === null) break;
      result = joined(result, await ask(question, next, signal));
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
      const values = from(after);
      if (after === null || values === null) return;
      await reading.run(async () => {
        const next = await ask(question, values);
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
