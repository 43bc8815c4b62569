/** Italian first, English second. The address may name it (`?lang=en`); else the viewer's, the last choice, the browser's. */
export type Language = 'it' | 'en';

const KEY = 'innesto.language';

function known(text: string | null | undefined): Language | undefined {
  const two = text?.slice(0, 2).toLowerCase();
  return two === 'it' || two === 'en' ? two : undefined;
}

/** The last choice; a browser may forbid to keep any. */
function kept(): Language | undefined {
  try {
    return known(localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}

const asked = known(new URLSearchParams(location.search).get('lang'));

function first(): Language {
  return asked ?? kept() ?? navigator.languages.map(known).find(Boolean) ?? 'it';
}

const state = $state({ current: first() });
document.documentElement.lang = state.current;

export const language = {
  get current(): Language {
    return state.current;
  },
  /** What was chosen by hand in this browser, if anything. */
  get chosen(): Language | undefined {
    return kept();
  },
  /** Chosen by hand: remembered in this browser. */
  set current(chosen: Language) {
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // Then the choice lasts as long as the page.
    }
    show(chosen);
  },
  /** Whoever is signed in has one language everywhere: in its answers and letters, and so here. */
  follow(theirs: Language): void {
    if (!asked) show(theirs);
  },
};

function show(chosen: Language): void {
  state.current = chosen;
  document.documentElement.lang = chosen;
}

/** The texts in the language in use: `const t = $derived(inLanguage(it, en))`. */
export const inLanguage = <Texts>(it: Texts, en: Texts): Texts => (state.current === 'en' ? en : it);
