import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AlarmEvent, type AlarmMemory, hearAlarm, NO_ALARMS } from './alarms.ts';
import { EVENT_KINDS, EVENT_ROLES, type EventKind } from './event-kinds.ts';

const event = (kind: EventKind, at: number, alarmKey: string | null = 'k', more: Partial<AlarmEvent> = {}) =>
  ({ kind, severity: 'major', position: null, text: `${kind} at ${at}`, alarmKey, at, ...more }) as AlarmEvent;
const hear = (events: readonly AlarmEvent[]): AlarmMemory => events.reduce(hearAlarm, NO_ALARMS);
const standing = (events: readonly AlarmEvent[]) =>
  hear(events).standing.map(({ condition, since }) => `${condition} ${since}`);

test.for<[string, AlarmEvent[], string[]]>([
  ['a raise stands', [event('power-lost', 1)], ['power-lost 1']],
  ['a clear ends it', [event('power-lost', 1), event('power-restored', 2)], []],
  ['whatever the kind of the clear', [event('receiver-off-hook', 1), event('alarm-cleared', 2)], []],
  [
    'a raise of severity cleared is a clear',
    [event('alarm-raised', 1), event('alarm-raised', 2, 'k', { severity: 'cleared' })],
    [],
  ],
  [
    'a clear that comes late ends nothing newer',
    [event('power-lost', 5), event('power-restored', 2)],
    ['power-lost 5'],
  ],
  ['a raise that comes after its clear does not stand', [event('power-restored', 5), event('power-lost', 2)], []],
  ['a raise told again stands since its beginning', [event('fan-failed', 1), event('fan-failed', 4)], ['fan-failed 1']],
  [
    'one fan of two',
    [event('fan-failed', 1, 'a'), event('fan-failed', 2, 'b'), event('fan-restored', 3, 'a')],
    ['fan-failed 2'],
  ],
  ['a start clears what was before it', [event('temperature-high', 1), event('cold-start', 2)], []],
  ['also when it is told late', [event('cold-start', 2), event('temperature-high', 1)], []],
  [
    'raised again after a start',
    [event('power-lost', 1), event('warm-start', 2), event('power-lost', 3)],
    ['power-lost 3'],
  ],
  [
    'raised again after a clear',
    [event('power-lost', 1), event('power-restored', 2), event('power-lost', 3)],
    ['power-lost 3'],
  ],
  ['a lost SIP server', [event('registration-lost', 1)], ['registrar-lost 1']],
  ['a lost registration of one line', [event('registration-lost', 1, 'k', { position: 3 })], ['port-unregistered 1']],
  ['a line that it does not name is left to the poll', [event('registration-lost', 1, null)], []],
  ['other events say nothing', [event('hook-change', 1)], []],
])('%s', ([, events, expected]) => {
  expect(standing(events)).toEqual(expected);
});

test('what has no key is remembered as something that happened, once', () => {
  const shut = event('port-fault', 4, null, { text: 'A port shut itself down.' });
  expect(hear([shut, shut]).happened).toMatchObject([{ condition: 'gateway-alarm', at: 4 }]);
  expect(hear([shut, event('alarm-cleared', 5)]).happened).toHaveLength(1);
});

test('the newest start counts', () => {
  expect(hear([event('cold-start', 5), event('warm-start', 3)]).startedAt).toBe(5);
  expect(hear([event('power-lost', 5)]).startedAt).toBeNull();
});

test('whether an alarm stands does not depend on order or repetition', () => {
  const events = fc.array(
    fc.tuple(
      fc.constantFrom<EventKind>(
        'power-lost',
        'power-restored',
        'registration-lost',
        'registration-restored',
        'cold-start',
      ),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom('a', 'b'),
    ),
    { maxLength: 12 },
  );
  const rank = (kind: EventKind) => (EVENT_ROLES[kind].does === 'raise' ? 0 : 1);
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.nat()), (list, picks) => {
      const all = list.map(([kind, at, key]) => event(kind, at, key));
      // Of a raise and its clear at the same instant the clear counts.
      const ordered = all.toSorted((a, b) => a.at - b.at || rank(a.kind) - rank(b.kind));
      const shuffled = [...all, ...all].toSorted(() => ((picks.next().value ?? 0) % 2 === 0 ? 1 : -1));
      const keys = (some: readonly AlarmEvent[]) =>
        hear(some)
          .standing.map(({ key }) => key)
          .toSorted();
      expect(keys(shuffled)).toEqual(keys(ordered));
    }),
  );
});

test('its size is bounded, whatever a gateway sends', () => {
  const anything = fc.array(
    fc.record({
      kind: fc.constantFrom(...EVENT_KINDS),
      severity: fc.constantFrom('major' as const, 'cleared' as const),
      position: fc.constantFrom(null, 1, 2),
      text: fc.string({ maxLength: 5 }),
      alarmKey: fc.option(fc.string({ maxLength: 3 })),
      at: fc.nat(),
    }),
    { minLength: 200, maxLength: 400 },
  );
  fc.assert(
    fc.property(anything, (events) => {
      const { standing, happened, cleared } = hear(events);
      expect(Math.max(standing.length, happened.length, cleared.length)).toBeLessThanOrEqual(64);
    }),
    { numRuns: 30 },
  );
});
