/** The words that are looked for: as they are typed, and as they stand in the address a moment later. */
import { untrack } from 'svelte';
import { place, setSearch } from './router.svelte';

/** Milliseconds without a key until what was typed is looked for. */
const PAUSE = 200;

/** Call while a component is made: `name` is the words' in the address, `gone` what other words take away beside them. */
export function typing(name: string, gone: Record<string, null> = {}) {
  const text = $derived((place.search.get(name) ?? '').trim());
  let value = $state(untrack(() => text));
  let timer: ReturnType<typeof setTimeout> | undefined;

  function now(): void {
    clearTimeout(timer);
    timer = undefined;
    const next = value.trim();
    if (next !== text) setSearch({ [name]: next || null, ...gone });
  }

  // A step back, or a filter's button, changes the address; what is just being typed stays.
  $effect(() => {
    const named = text;
    untrack(() => { if (timer === undefined && value.trim() !== named) value = named; });
  });
  $effect(() => () => clearTimeout(timer));

  return {
    /** What is looked for. */
    get text() { return text; },
    /** What stands in the field. */
    get value() { return value; },
    set value(next: string) { value = next; },
    /** After the next pause. */
    soon(): void {
      clearTimeout(timer);
      timer = setTimeout(now, PAUSE);
    },
    now,
    /** Other words. */
    set(next: string): void {
      value = next;
      now();
    },
  };
}
