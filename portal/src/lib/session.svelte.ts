/** Who is signed in, asked once when the portal opens. The session itself is a cookie that no script can read. */
import { ask } from './ask';
import type { ResultOf } from './graphql';
import { language, type Language } from './language.svelte';
import { Me, SignOut, SpeakLanguage } from './operations';

type Answer = ResultOf<typeof Me>;
export type Viewer = NonNullable<Answer['viewer']>;

let shown = $state.raw<{ viewer: Viewer | null; known: boolean; isDemo: boolean; lost: boolean }>({
  viewer: null, known: false, isDemo: false, lost: false,
});

const tell = (chosen: Language) => ask(SpeakLanguage, { language: chosen === 'en' ? 'EN' : 'IT' }).catch(() => undefined);

export const session = {
  /** Whether the hub has said who this is. */
  get known() { return shown.known; },
  get viewer() { return shown.viewer; },
  get person() { return shown.viewer?.person; },
  get memberships() { return shown.viewer?.memberships ?? []; },
  /** Whether a territory is one of the viewer's. */
  isOurs: (territory: string | undefined): boolean => session.memberships.some((one) => one.territory.id === territory),
  get isStaff() { return (shown.viewer?.staffRoles.length ?? 0) > 0; },
  get isSteward() { return shown.viewer?.staffRoles.includes('STEWARD') ?? false; },
  get isDemo() { return shown.isDemo; },
  /** Whether one was signed in and the hub says no longer: what was typed stays, a line asks to sign in again. */
  get isLost() { return shown.lost; },
  /** Asks the hub. */
  async open(): Promise<void> {
    try {
      const { viewer, serverInfo } = await ask(Me, {});
      shown = { viewer, known: true, isDemo: serverInfo.isDemo, lost: false };
      if (viewer) language.follow(viewer.language === 'EN' ? 'en' : 'it');
    } catch {
      // Public pages work without; each says itself what it could not get.
      shown = { ...shown, known: true };
    }
  },
  lost(): void {
    if (shown.viewer && !shown.lost) shown = { ...shown, lost: true };
  },
  /** Asks the hub whether one is still signed in: to who is not, what is not public does not exist. */
  async isOver(): Promise<boolean> {
    if (!shown.viewer) return false;
    const { viewer } = await ask(Me, {});
    if (!viewer) session.lost();
    return !viewer;
  },
  /** Whether the browser's session is still this person's: in another tab somebody else may have signed in. */
  async isStill(person: string | undefined): Promise<boolean> {
    const { viewer } = await ask(Me, {});
    return viewer?.person.id === person;
  },
  /** The language chosen by hand; for who is signed in the hub answers in it from now on, so it is told first. */
  async speak(chosen: Language): Promise<void> {
    if (shown.viewer && !shown.lost) await tell(chosen);
    language.current = chosen;
  },
  /** Somebody has just signed in: in the language that was chosen here, if one was, else in its own. */
  async begin(): Promise<void> {
    if (language.chosen) await tell(language.chosen);
    await session.open();
  },
  async close(): Promise<void> {
    await ask(SignOut, {});
    shown = { ...shown, viewer: null, lost: false };
  },
};
