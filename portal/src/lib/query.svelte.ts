/** A question that asks itself again when its variables, the language or the viewer change. */
import { untrack } from 'svelte';
import { ask } from './ask';
import type { Question } from './graphql';
import { language } from './language.svelte';
import { asProblem, type Problem } from './problem';
import { session } from './session.svelte';

export interface Asked<Result> {
  /** The last answer; stays while the next one is on its way. */
  readonly data: Result | undefined;
  /** Why the last try brought none. */
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** Asks again; what is shown stays until the answer comes. */
  again(): Promise<void>;
  /** Puts a changed object in place, from a mutation's answer. */
  set(change: (data: Result) => Result): void;
}

/** Call while a component is made. Variables that give `null` ask nothing; `read` asks in a way of its own. */
export function query<Result, Variables>(
  question: Question<Result, Variables>,
  variables: () => Variables | null,
  read = (values: Variables, signal: AbortSignal): Promise<Result> => ask(question, values, signal),
): Asked<Result> {
  let shown = $state.raw<{ data?: Result; problem?: Problem; loading: boolean }>({ loading: true });
  let running: AbortController | undefined;
  // Only another person asks anew, not whatever else changes of the session.
  const viewer = $derived(session.person?.id);

  async function run(values: Variables): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    shown = { ...shown, loading: true };
    try {
      const data = await read(values, mine.signal);
      if (running === mine) shown = { data, loading: false };
    } catch (thrown) {
      if (running !== mine || mine.signal.aborted) return;
      const problem = asProblem(thrown);
      shown = { ...shown, problem, loading: false };
      if (problem.reason === 'signed-out') session.lost();
    }
  }

  $effect(() => {
    void language.current;
    void viewer;
    const values = variables();
    // What `run` reads of the state must not make it run again.
    if (values !== null) untrack(() => void run(values));
    else shown = { loading: false };
    return () => running?.abort();
  });

  return {
    get data() { return shown.data; },
    get problem() { return shown.problem; },
    get loading() { return shown.loading; },
    async again() {
      const values = variables();
      if (values !== null) await run(values);
    },
    set(change) {
      if (shown.data !== undefined) shown = { ...shown, data: change(shown.data) };
    },
  };
}
