/**
 * The desk of the editor: what is typed is shown at once, kept in this browser, sent to the hub after a pause, one
 * sending at a time and only what changed. Nothing typed is dropped before the hub has it.
 */
import { ask } from '../../../lib/ask';
import { draft, type Draft } from '../../../lib/draft.svelte';
import type { VariablesOf } from '../../../lib/graphql';
import { asProblem, Problem } from '../../../lib/problem';
import type { UserError } from '../../../lib/refusals';
import { session } from '../../../lib/session.svelte';
import { companions, keyOf, names, sent, shown, type Edited, type Name, type Values } from './fields';
import { merge, put, type Held } from './merge';
import { draftKey } from '../keys';
import { PracticeAgain, UpdatePractice } from './operations';

/** Milliseconds without typing until it is sent, and between tries where the hub is not reached. */
const PAUSE = 1_000;
const RETRIES = [2_000, 4_000, 8_000, 15_000];
const NOTHING: Held = { mine: {}, read: {}, tried: {} };

/** As the hub takes them: `sent` has seen to the form of each. */
type Sent = Omit<VariablesOf<typeof UpdatePractice>['input'], 'practice' | 'expectedVersion' | 'confirmNoPersonalData' | 'edition'>;

/** `because`: fields that were not sent and must change first. */
interface Refused { key: string; errors: UserError[]; because?: Name[] }

export class Desk {
  practice: Edited = $state.raw() as Edited;
  mine = $state.raw<Partial<Values>>({});
  base: Values = $state.raw() as Values;
  refused = $state.raw<Partial<Record<Name, Refused>>>({});
  conflicts = $state.raw<ReadonlySet<Name>>(new Set());
  /** Fields that another person changed while this page was open. */
  news = $state.raw<ReadonlySet<Name>>(new Set());
  saving = $state(false);
  problem = $state.raw<Problem | undefined>();
  savedAt = $state<string | undefined>();
  readonly found: boolean;
  #read: Held['read'] = {};
  #tried: Held['tried'] = {};
  #confirmed = new Map<Name, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isStale = false;
  #kept: Draft<Held>;

  constructor(practice: Edited) {
    this.#kept = draft<Held>(draftKey(practice.id), NOTHING);
    const kept = this.#kept.value;
    this.mine = kept.mine;
    this.#read = kept.read;
    this.#tried = kept.tried;
    this.absorb(practice);
    this.found = this.isUnsaved;
    if (this.found) this.#later();
  }

  get isEditable() { return this.practice.viewerActions.includes('UPDATE_PRACTICE'); }
  get isUnsaved() { return names.some((name) => this.#differs(name)); }
  /** Whether something waits for a decision: a conflict, a refusal, a number that is none. */
  get isHeld() { return names.some((name) => this.#differs(name) && this.#isHeld(name)); }

  value<N extends Name>(name: N): Values[N] {
    return this.mine[name] ?? this.base[name];
  }

  set<N extends Name>(name: N, value: Values[N]): void {
    const mine = { ...this.mine };
    put(mine, name, value);
    this.mine = mine;
    const refused = { ...this.refused };
    delete refused[name];
    const companion = companions[name];
    if (companion) delete refused[companion];
    for (const other of names) if (refused[other]?.because?.includes(name)) delete refused[other];
    this.refused = refused;
    if (this.news.has(name)) this.news = new Set([...this.news].filter((one) => one !== name));
    this.#keep();
    this.#later();
  }

  errorsOf(name: Name): readonly UserError[] {
    return this.refused[name]?.errors ?? [];
  }

  isWrong(name: Name): boolean {
    return keyOf(name, this.value(name)) === 'wrong';
  }

  /** Of a conflict: `mine` goes over the other's, `theirs` takes mine away. A joined text is given with `set` first. */
  settle(name: Name, which: 'mine' | 'theirs'): void {
    this.conflicts = new Set([...this.conflicts].filter((one) => one !== name));
    if (which === 'theirs') {
      const { [name]: _, ...others } = this.mine;
      this.mine = others;
    }
    this.#keep();
    this.#later(0);
  }

  /** What the hub took for a person's data is none, says the person who writes. */
  confirm(name: Name): void {
    this.#confirmed.set(name, keyOf(name, this.value(name)));
    const { [name]: _, ...others } = this.refused;
    this.refused = others;
    this.#later(0);
  }

  /** The practice as the hub has it now, merged with what is typed here. */
  absorb(next: Edited, isOwn = false): void {
    if (this.practice && next.version < this.practice.version) return;
    const now = shown(next);
    const { mine, conflicts, news } = merge({ mine: this.mine, read: this.#read, tried: this.#tried }, now, isOwn);
    this.practice = next;
    this.base = now;
    this.mine = mine;
    this.conflicts = new Set([...[...this.conflicts].filter((name) => this.#differs(name)), ...conflicts]);
    this.news = new Set([...[...this.news].filter((name) => mine[name] === undefined), ...news]);
    for (const name of names) this.#read[name] = keyOf(name, now[name]);
    this.#tried = {};
    this.#keep();
  }

  /** Reads the practice again: somebody changed it. */
  async reread(): Promise<void> {
    const { practice } = await ask(PracticeAgain, { id: this.practice.id });
    if (practice) this.absorb(practice);
  }

  /** Another changed it: reads it again, once nothing is being sent. */
  hear(): void {
    this.#isStale = this.saving;
    if (!this.saving) void this.reread().catch(() => undefined);
  }

  /** The practice with something changed that is not typed here: its kit. */
  patch(part: Partial<Edited>): void {
    this.practice = { ...this.practice, ...part };
  }

  /** Sends what is to be sent, until nothing is left or something is in the way. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.saving) return;
    this.saving = true;
    try {
      for (let turns = 0; turns < 8; turns++) {
        const values = this.#toSend();
        if (!Object.keys(values).length) break;
        await this.#send(values);
      }
      this.problem = undefined;
      this.#failures = 0;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      if (this.problem.reason === 'signed-out') session.lost();
      else this.#later(RETRIES[Math.min(this.#failures++, RETRIES.length - 1)]);
    } finally {
      this.saving = false;
      if (this.#isStale) this.hear();
    }
  }

  /** The page is left: what can still be sent is sent; the rest is kept in this browser. */
  leave(): void {
    if (this.isUnsaved) void this.save();
    clearTimeout(this.#timer);
  }

  /** The practice is no more: nothing is sent any longer, and nothing of it stays in this browser. */
  drop(): void {
    clearTimeout(this.#timer);
    this.mine = {};
    this.#kept.clear();
  }

  async #send(values: Sent): Promise<void> {
    const given = Object.keys(values) as Name[];
    const keys = Object.fromEntries(given.map((name) => [name, JSON.stringify(values[name])])) as Record<Name, string>;
    this.#tried = { ...this.#tried, ...keys };
    this.#keep();
    const { updatePractice: { practice, userErrors } } = await ask(UpdatePractice, {
      input: {
        practice: this.practice.id,
        expectedVersion: this.practice.version,
        confirmNoPersonalData: given.every((name) => this.#isConfirmed(name)),
        ...values,
      },
    });
    if (practice) {
      this.absorb(practice, true);
      this.savedAt = new Date().toISOString();
    } else if (userErrors.some((error) => error.code === 'CONFLICT')) {
      this.#tried = {};
      await this.reread();
    } else if (userErrors.some((error) => error.code === 'NOT_FOUND' && error.field[0] === 'practice') && (await session.isOver())) {
      throw new Problem('signed-out', 'SIGN_IN_NEEDED');
    } else {
      this.#refuse(given, keys, userErrors);
    }
  }

  #refuse(given: Name[], keys: Record<Name, string>, errors: readonly UserError[]): void {
    const about = (name: Name) => errors.filter(({ field: [first] }) => first === name || first === companions[name]);
    const to = given.filter((name) => about(name).length);
    const refused = { ...this.refused };
    for (const name of to) refused[name] = { key: keys[name], errors: about(name) };
    if (!to.length) {
      // What is wrong was not sent: it is shown where it stands, and what was sent waits for it.
      const because = names.filter((name) => about(name).length);
      for (const name of because) refused[name] = { key: keyOf(name, this.value(name)), errors: about(name) };
      for (const name of given) refused[name] = { key: keys[name], errors: because.length ? [] : [...errors], because };
    }
    this.refused = refused;
    this.#tried = {};
  }

  /** Fields ready to go; those confirmed to hold no personal data go by themselves. */
  #toSend(): Sent {
    const ready = names.filter((name) => this.#differs(name) && !this.#isHeld(name));
    const confirmed = ready.filter((name) => this.#isConfirmed(name));
    return Object.fromEntries((confirmed.length ? confirmed : ready).map((name) => [name, sent(name, this.value(name))]));
  }

  #differs(name: Name): boolean {
    return this.mine[name] !== undefined && keyOf(name, this.value(name)) !== keyOf(name, this.base[name]);
  }

  #isHeld(name: Name): boolean {
    const key = keyOf(name, this.value(name));
    return this.conflicts.has(name) || key === 'wrong' || this.refused[name]?.key === key;
  }

  #isConfirmed(name: Name): boolean {
    return this.#confirmed.get(name) === keyOf(name, this.value(name));
  }

  #later(wait = PAUSE): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), wait);
  }

  /** In this browser stands what the hub does not have. */
  #keep(): void {
    const dirty = names.filter((name) => this.#differs(name));
    if (!dirty.length) return this.#kept.clear();
    const of = <Value>(all: Partial<Record<Name, Value>>) => Object.fromEntries(dirty.map((name) => [name, all[name]]));
    // A field in conflict is kept as against what was read before the conflict: it is one again on return.
    const read = { ...this.#read };
    for (const name of this.conflicts) read[name] = 'conflict';
    this.#kept.value = { mine: of<unknown>(this.mine), read: of(read), tried: of(this.#tried) } as Held;
  }
}
