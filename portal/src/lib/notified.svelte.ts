/** What has reached the viewer, as far as the frame knows: how much of it is unread, and which came last. */
interface Known {
  unread: number;
  /** Null where nothing has come; undefined while it is not known. */
  newest: string | null | undefined;
}

const NOTHING: Known = { unread: 0, newest: undefined };
let known = $state.raw(NOTHING);

export const notified = {
  get unread() { return known.unread; },
  get newest() { return known.newest; },
  /** What the hub says. */
  is(unread: number, newest: string | null): void {
    known = { unread, newest };
  },
  /** Some were read; so many are left. */
  left(unread: number): void {
    known = { ...known, unread };
  },
  forget(): void {
    known = NOTHING;
  },
};
