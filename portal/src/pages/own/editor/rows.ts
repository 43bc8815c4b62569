/** Lists with an order: one row moved, and where the focus goes afterwards. */
import { tick } from 'svelte';

export function moved<Row>(rows: readonly Row[], from: number, to: number): Row[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row !== undefined) next.splice(to, 0, row);
  return next;
}

/** After a change of the list: on the first of these that is there and can take the focus. */
export async function focusOn(...selectors: readonly string[]): Promise<void> {
  await tick();
  for (const selector of selectors) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found && !found.matches(':disabled')) return found.focus();
  }
}
