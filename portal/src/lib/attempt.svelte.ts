/** One thing done at a time: busy while it goes, then what was refused or what went wrong. */
import { asProblem, Problem } from './problem';
import type { UserError } from './refusals';
import { session } from './session.svelte';

export interface Attempt {
  readonly busy: boolean;
  readonly errors: readonly UserError[];
  readonly problem: Problem | undefined;
  /** Does it; true where nothing was refused. */
  run(work: () => Promise<{ userErrors: readonly UserError[] }>): Promise<boolean>;
  clear(): void;
}

export function attempt(): Attempt {
  let state = $state.raw<{ busy: boolean; errors: readonly UserError[]; problem?: Problem }>({ busy: false, errors: [] });
  return {
    get busy() { return state.busy; },
    get errors() { return state.errors; },
    get problem() { return state.problem; },
    async run(work) {
      if (state.busy) return false;
      state = { ...state, busy: true };
      try {
        const { userErrors } = await work();
        if (userErrors.some(({ code }) => code === 'NOT_FOUND' || code === 'FORBIDDEN') && (await session.isOver())) {
          throw new Problem('signed-out', 'SIGN_IN_NEEDED');
        }
        state = { busy: false, errors: userErrors };
        return userErrors.length === 0;
      } catch (thrown) {
        state = { busy: false, errors: [], problem: asProblem(thrown) };
        return false;
      }
    },
    clear() { state = { busy: false, errors: [] }; },
  };
}
