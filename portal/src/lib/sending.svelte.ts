/** One thing being sent: whether it is on its way, what the hub refused, why it did not arrive. */
import { tick } from 'svelte';
import { asProblem, Problem } from './problem';
import type { UserError } from './refusals';
import { session } from './session.svelte';

/** A field with its refusal beside it; a group of choices, which cannot be invalid itself, is marked by hand. */
const WRONG = ':is([aria-invalid="true"], [data-wrong])';

/** The focus goes to the first wrong field of a form, if there is one; `form` is its selector. */
export const focusWrong = (form = 'main'): void => document.querySelector<HTMLElement>(`${form} ${WRONG}`)?.focus();

/** What a mutation refused: the errors, or its whole payload. */
type Refused = readonly UserError[] | { readonly userErrors: readonly UserError[] };

export interface Sending {
  readonly busy: boolean;
  readonly errors: readonly UserError[];
  readonly problem: Problem | undefined;
  /** Does the work unless it is being done already. What it gives back are the hub's refusals; true where there were none. */
  run(work: () => Promise<Refused>): Promise<boolean>;
  /** Forgets what went wrong. */
  clear(): void;
}

/** After refusals the focus goes to the first wrong field of the form, if there is one; `form` is its selector. */
export function sending(form = 'main'): Sending {
  let busy = $state(false);
  let errors = $state.raw<readonly UserError[]>([]);
  let problem = $state.raw<Problem | undefined>();
  return {
    get busy() { return busy; },
    get errors() { return errors; },
    get problem() { return problem; },
    async run(work) {
      if (busy) return false;
      busy = true;
      problem = undefined;
      try {
        const refused = await work();
        errors = 'userErrors' in refused ? refused.userErrors : refused;
        if (errors.some(({ code }) => code === 'SIGN_IN_NEEDED')) session.lost();
        // To who is not signed in any more, what is not public does not exist.
        if (errors.some(({ code }) => code === 'NOT_FOUND' || code === 'FORBIDDEN') && (await session.isOver())) {
          throw new Problem('signed-out', 'SIGN_IN_NEEDED');
        }
        if (errors.length) void tick().then(() => focusWrong(form));
        return errors.length === 0;
      } catch (thrown) {
        errors = [];
        problem = asProblem(thrown);
        if (problem.reason === 'signed-out') session.lost();
        return false;
      } finally {
        busy = false;
      }
    },
    clear() {
      errors = [];
      problem = undefined;
    },
  };
}
