import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AlarmEvent, GatewayAlarms } from './alarms.ts';

const event = (kind: string, at: number, alarmKey: string | null = null): AlarmEvent => ({
  kind,
  at,
  text: `${kind} at ${at}`,
  alarmKey,
});
const hear = (events: readonly AlarmEvent[]) => {
  const alarms = new GatewayAlarms();
  for (const one of events) alarms.hear(one);
  return alarms;
};
const standing = (events: readonly AlarmEvent[]) => hear(events).standing.map(({ kind, since }) => `${kind} ${since}`);

test.for<[string, AlarmEvent[], string[]]>([
  ['a raise stands', [event('power-lost', 1)], ['power-lost 1']],
  ['a clear ends it', [event('power-lost', 1), event('power-restored', 2)], []],
  ['one that comes late ends nothing newer', [event('power-lost', 5), event('power-restored', 2)], ['power-lost 5']],
  ['a raise told again stands since its beginning', [event('fan-failed', 1), event('fan-failed', 4)], ['fan-failed 1']],
  [
    'one fan of two',
    [event('fan-failed', 1, 'a'), event('fan-failed', 2, 'b'), event('fan-restored', 3, 'a')],
    ['fan-failed 2'],
  ],
  [
    'a clear that names none clears all',
    [event('fan-failed', 1, 'a'), event('fan-failed', 2, 'b'), event('fan-restored', 3)],
    [],
  ],
  ['a start clears what was before it', [event('temperature-high', 1), event('cold-start', 2)], []],
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
  ['other events say nothing', [event('hook-change', 1)], []],
])('%s', ([, events, expected]) => {
  expect(standing(events)).toEqual(expected);
});

test('the newest start counts', () => {
  expect(hear([event('cold-start', 5), event('warm-start', 3)]).startedAt).toBe(5);
  expect(hear([event('power-lost', 5)]).startedAt).toBeNull();
});

test('whether an alarm stands does not depend on order or repetition', () => {
  const events = fc.array(
    fc.record({
      kind: fc.constantFrom('power-lost', 'power-restored', 'fan-failed', 'fan-restored', 'cold-start'),
      at: fc.integer({ min: 1, max: 30 }),
      text: fc.constant(''),
      alarmKey: fc.constantFrom(null, 'a', 'b'),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.nat()), (list, picks) => {
      const ordered = list.toSorted((a, b) => a.at - b.at);
      const shuffled = [...list, ...list].toSorted(() => ((picks.next().value ?? 0) % 2 === 0 ? 1 : -1));
      const kinds = (some: readonly AlarmEvent[]) => new Set(hear(some).standing.map(({ kind }) => kind));
      expect(kinds(shuffled)).toEqual(kinds(ordered));
    }),
  );
});
