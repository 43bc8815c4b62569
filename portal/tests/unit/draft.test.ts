/** What is typed is kept under who typed it, and not for ever. */
import { expect, test, vi } from 'vitest';

const kept: Record<string, unknown> = {};
const storage = (name: string, value: unknown) => Object.defineProperty(kept, name, { value, enumerable: false, configurable: true });
storage('getItem', (key: string) => kept[key] ?? null);
storage('setItem', (key: string, value: string) => { kept[key] = value; });
storage('removeItem', (key: string) => { delete kept[key]; });
vi.stubGlobal('localStorage', kept);
vi.stubGlobal('location', { search: '', pathname: '/' });
vi.stubGlobal('document', { documentElement: {} });

const DAY = 86_400_000;
kept['innesto.draft.p.message.old'] = JSON.stringify({ at: Date.now() - 31 * DAY, value: 'old' });
kept['innesto.draft.p.message.new'] = JSON.stringify({ at: Date.now() - 29 * DAY, value: 'new' });
kept['innesto.language'] = 'it';
const { draft, forgetDrafts, hasDraft } = await import('../../src/lib/draft.svelte');

test('what is older than a month is thrown away, also where nobody asks for it', () => {
  expect(Object.keys(kept)).toEqual(['innesto.draft.p.message.new', 'innesto.language']);
});

test('a draft is found again, emptied when it was sent, and all go on signing out', () => {
  draft('message.1', '').value = 'Buongiorno';
  expect(draft('message.1', '').value).toBe('Buongiorno');
  expect(draft('message.1', '').wasKept).toBe(true);
  draft('message.1', '').clear();
  expect(hasDraft('message.1')).toBe(false);
  draft('message.2', '').value = 'x';
  forgetDrafts();
  expect(Object.keys(kept)).toEqual(['innesto.language']);
});
