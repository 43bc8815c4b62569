import { describe, expect, test } from 'vitest';
import { addressOf, isShownBy } from '../../src/pages/notifications/about';
import { changesFrom, toSend, withChanges, type Settings } from '../../src/pages/notifications/settings/choices';

const saved: Settings = {
  preferences: [{ category: 'MESSAGES', frequency: 'AT_ONCE', canChange: true }, { category: 'NEEDS', frequency: 'OFF', canChange: true }],
  quietHours: { from: '20:00', until: '07:00' },
  weekendsOff: false,
};

describe('changes of preferences', () => {
  test('what is as it was is no change', () => expect(changesFrom(saved, structuredClone(saved))).toEqual({}));

  test('only what differs is kept and sent', () => {
    const changes = { frequencies: { NEEDS: 'DAILY' as const }, hours: null, weekendsOff: true };
    const chosen = withChanges(saved, changes);
    expect(chosen.preferences.map(({ frequency }) => frequency)).toEqual(['AT_ONCE', 'DAILY']);
    expect(changesFrom(saved, chosen)).toEqual(changes);
    expect(toSend(changes)).toEqual({ preferences: [{ category: 'NEEDS', frequency: 'DAILY' }], quietHours: null, weekendsOff: true });
    expect(toSend({ weekendsOff: false })).toEqual({ weekendsOff: false });
  });
});

describe('what a notification leads to', () => {
  const request = { __typename: 'ReplicationRequest' as const, id: 'r', number: 'REQ-2026-0001', isIllustrative: false };
  const conversation = { __typename: 'Conversation' as const, id: 'c=' };

  test('its page, or none', () => {
    expect(addressOf({ subject: request })).toBe('/requests/REQ-2026-0001');
    expect(addressOf({ subject: conversation })).toBe('/conversations/c=');
    expect(addressOf({ subject: null })).toBeUndefined();
  });

  test("a request's page shows what was written about it too", () => {
    expect(isShownBy('/requests/REQ-2026-0001', { subject: conversation, number: 'REQ-2026-0001' })).toBe(true);
    expect(isShownBy('/requests/REQ-2026-0002', { subject: conversation, number: 'REQ-2026-0001' })).toBe(false);
    expect(isShownBy('/requests/null', { subject: null, number: null })).toBe(false);
  });
});
