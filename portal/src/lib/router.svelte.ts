/** The address is the state: pages, filters, language. Plain links work; this only spares the reload. */
import type { Component } from 'svelte';

/** A page takes what its own path names, which the compiler cannot see. */
export type Page = Component<any>;

export interface Route {
  /** `/practices/:slug`; what a colon names is given to the page as a property. */
  path: string;
  load: () => Promise<{ default: Page }>;
  /** Whom it is for; left out, everybody. The hub checks again. */
  for?: 'signed-in' | 'staff' | 'steward';
}

const state = $state({ path: window.location.pathname, search: window.location.search });

/** Where we are. */
export const place = {
  get path() { return state.path; },
  get search() { return new URLSearchParams(state.search); },
};

function read() {
  state.path = window.location.pathname;
  state.search = window.location.search;
}

/** Goes to another page; `replace` leaves no step behind (filters). */
export function go(url: string, replace = false): void {
  const from = state.path;
  // For the way back: how far down this page was read.
  if (!replace) history.replaceState({ y: window.scrollY }, '');
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  read();
  if (state.path !== from) window.scrollTo(0, 0);
}

/** How far down the page of this step was left; 0 where it is new. */
export const leftAt = (): number => (history.state as { y?: number } | null)?.y ?? 0;

/** Changes the query of the address, leaving the rest; `null` takes a name away. */
export function setSearch(changes: Record<string, string | string[] | null>): void {
  const next = place.search;
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of value === null ? [] : [value].flat()) next.append(name, one);
  }
  go(state.path + (next.size ? `?${next}` : ''), true);
}

/** The route of a path, and what the path names. */
export function match(routes: readonly Route[], path: string): { route: Route; props: Record<string, string> } | undefined {
  const parts = path.replace(/\/+$/, '').split('/');
  for (const route of routes) {
    const pattern = route.path.replace(/\/+$/, '').split('/');
    if (pattern.length !== parts.length) continue;
    const props: Record<string, string> = {};
    const fits = pattern.every((wanted, at) => {
      const given = parts[at] ?? '';
      if (!wanted.startsWith(':')) return wanted === given;
      try {
        props[wanted.slice(1)] = decodeURIComponent(given);
      } catch {
        return false;
      }
      return given !== '';
    });
    if (fits) return { route, props };
  }
  return undefined;
}

addEventListener('popstate', read);
addEventListener('click', (event) => {
  const link = (event.target as Element).closest?.('a');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target || link.hasAttribute('download') || link.dataset.reload !== undefined || link.origin !== window.location.origin) return;
  if (link.hash && link.pathname === window.location.pathname) return;
  event.preventDefault();
  go(link.href);
});
