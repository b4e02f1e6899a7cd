import { describe, expect, test } from 'vitest';
import {
  advance,
  closed,
  holdOf,
  isRemembered,
  nextMoment,
  notLaterThan,
  observe,
  PROVING_MS,
  settledAt,
  stirsAt,
} from './alert-machine.ts';
import { SLOT_MS } from './flap.ts';
import type { AlertRecord, Hold, Observation } from './types.ts';

/** Times are ms; T is long after the epoch, as in life. */
const T = 1_700_000_000_000;
const second = 1000;
const minute = 60 * second;
const PLACE = {
  customerId: 'customer',
  siteId: 'site',
  agentId: 'agent',
  gatewayId: 'gateway',
  position: 3,
  lineDeviceClass: 'phone',
} as const;

const says = (verdict: Observation['verdict'], at: number, more: Partial<Observation> = {}): Observation => ({
  key: 'port-out-of-service@port:gateway/3',
  kind: 'port-out-of-service',
  subject: { type: 'port', id: 'gateway/3' },
  verdict,
  at,
  since: at,
  severity: 'major',
  where: PLACE,
  evidence: { text: 'The line is out of service.', seen: {}, thresholds: {} },
  raiseAfterMs: 10 * second,
  clearAfterMs: 30 * second,
  ...more,
});

/** A record as it is after its first bad observation at T, changed by `more`. */
const pending = (more: Partial<AlertRecord> = {}): AlertRecord => ({ ...observe(undefined, says('bad', T))!, ...more });
const open = (more: Partial<AlertRecord> = {}): AlertRecord =>
  pending({ phase: 'open', openedAt: T + 10 * second, incarnation: 1, ...more });
const recovering = (more: Partial<AlertRecord> = {}): AlertRecord =>
  open({ phase: 'recovering', verdict: 'good', observedAt: T + minute, goodSince: T + minute, ...more });
const ended = (more: Partial<AlertRecord> = {}): AlertRecord =>
  closed(recovering({ announced: true, ...more }), T + 2 * minute);

describe('observe: what a verdict makes of a record', () => {
  test.for([
    { name: 'bad, never seen before: begins', record: undefined, verdict: 'bad', at: T, phase: 'pending' },
    {
      name: 'good, never seen before: nothing to remember',
      record: undefined,
      verdict: 'good',
      at: T,
      phase: undefined,
    },
    { name: 'unknown, never seen before: nothing', record: undefined, verdict: 'unknown', at: T, phase: undefined },
    { name: 'good while pending: it was nothing', record: pending(), verdict: 'good', at: T + second, phase: null },
    {
      name: 'unknown while pending: still pending',
      record: pending(),
      verdict: 'unknown',
      at: T + second,
      phase: 'pending',
    },
    { name: 'good while open: recovers', record: open(), verdict: 'good', at: T + minute, phase: 'recovering' },
    { name: 'unknown while open: stays open', record: open(), verdict: 'unknown', at: T + minute, phase: 'open' },
    { name: 'bad while open: stays open', record: open(), verdict: 'bad', at: T + minute, phase: 'open' },
    {
      name: 'bad while recovering: open again',
      record: recovering(),
      verdict: 'bad',
      at: T + 2 * minute,
      phase: 'open',
    },
    {
      name: 'good while recovering: goes on recovering',
      record: recovering(),
      verdict: 'good',
      at: T + 2 * minute,
      phase: 'recovering',
    },
    {
      name: 'unknown while recovering: stays so',
      record: recovering(),
      verdict: 'unknown',
      at: T + 2 * minute,
      phase: 'recovering',
    },
    { name: 'bad after its end: begins anew', record: ended(), verdict: 'bad', at: T + 3 * minute, phase: 'pending' },
    { name: 'good after its end: nothing', record: ended(), verdict: 'good', at: T + 3 * minute, phase: null },
  ] as const)('$name', ({ record, verdict, at, phase }) => {
    expect(observe(record, says(verdict, at))?.phase).toBe(phase);
  });

  test.for([
    { name: 'good, older than what is known', record: open({ observedAt: T + minute }), verdict: 'good' },
    { name: 'bad, older than what is known', record: recovering(), verdict: 'bad' },
    { name: 'unknown, older than what is known', record: open({ observedAt: T + minute }), verdict: 'unknown' },
  ] as const)('late data changes nothing: $name', ({ record, verdict }) => {
    expect(observe(record, says(verdict, T + minute - 1))).toBe(record);
  });

  test('what is exactly as old as what is known counts', () => {
    expect(observe(open({ observedAt: T + minute }), says('good', T + minute))?.phase).toBe('recovering');
  });

  test('unknown is remembered as the last verdict, and since when', () => {
    expect(observe(open(), says('unknown', T + minute))).toMatchObject({ verdict: 'unknown', observedAt: T + minute });
  });

  test('recovery is counted from the first good observation', () => {
    const first = observe(open(), says('good', T + minute))!;
    expect(observe(first, says('good', T + 2 * minute))?.goodSince).toBe(T + minute);
  });

  test('an open condition keeps its words while only figures move, and takes other words', () => {
    const before = open({ evidence: { text: '3 of 8 lines are down.', seen: {}, thresholds: {} } });
    const text = (words: string) =>
      observe(before, says('bad', T + minute, { evidence: { text: words, seen: {}, thresholds: {} } }))?.evidence.text;
    expect(text('4 of 8 lines are down.')).toBe('3 of 8 lines are down.');
    expect(text('The gateway is too hot.')).toBe('The gateway is too hot.');
  });

  test.for([
    { name: 'the same beginning', since: T + minute, hold: { reason: 'told', by: 'x' } },
    { name: 'another beginning, more than a minute later', since: T + minute + 1, hold: null },
  ] as const)('what was told as part of an outage: $name', ({ since, hold }) => {
    const before = open({ hold: { reason: 'told', by: 'x' } });
    expect(observe(before, says('bad', T + 2 * minute, { since }))?.hold).toEqual(hold);
  });
});

describe('advance: what time alone does', () => {
  test.for([
    {
      name: 'bad for less than it takes',
      record: pending(),
      now: T + 10 * second - 1,
      crossed: null,
      phase: 'pending',
    },
    { name: 'bad for as long as it takes', record: pending(), now: T + 10 * second, crossed: 'opened', phase: 'open' },
    {
      name: 'bad once and unknown since',
      record: pending({ verdict: 'unknown' }),
      now: T + minute,
      crossed: null,
      phase: 'pending',
    },
    {
      name: 'good for less than it takes',
      record: recovering(),
      now: T + 90 * second - 1,
      crossed: null,
      phase: 'recovering',
    },
    {
      name: 'good for as long as it takes',
      record: recovering(),
      now: T + 90 * second,
      crossed: 'resolved',
      phase: 'recovering',
    },
    {
      name: 'good once and unknown since',
      record: recovering({ verdict: 'unknown' }),
      now: T + 60 * minute,
      crossed: null,
      phase: 'recovering',
    },
    {
      name: 'open and unknown for a day',
      record: open({ verdict: 'unknown' }),
      now: T + 1440 * minute,
      crossed: null,
      phase: 'open',
    },
  ] as const)('$name', ({ record, now, crossed, phase }) => {
    const step = advance(record, now);
    expect([step.crossed, step.record.phase]).toEqual([crossed, phase]);
  });

  test('each opening counts one more, and never less than the second it opened in', () => {
    expect(advance(pending({ incarnation: 5 }), T + minute).record.incarnation).toBe((T + minute) / 1000);
    const far = Math.floor(T / 1000) + 10_000;
    expect(advance(pending({ incarnation: far }), T + minute).record.incarnation).toBe(far + 1);
  });

  test('what was told as flapping must be good for five minutes', () => {
    const record = recovering({ announced: true, flapping: true, flappingSince: T });
    expect(advance(record, T + minute + 300 * second - 1).crossed).toBeNull();
    expect(advance(record, T + minute + 300 * second).crossed).toBe('resolved');
    expect(nextMoment(record)).toBe(T + minute + 300 * second);
  });
});

/** Bits of a history that changed each of the last minutes. */
const RESTLESS = { bits: 0b010101, length: 21, at: T };
const told = { from: T - 60 * minute, to: T - 59 * minute };

describe('settledAt: when an open condition may be announced', () => {
  const at = (more: Partial<AlertRecord>) => (settledAt(open(more), T, T) - T) / second;
  test.for([
    { name: 'a line', more: {}, seconds: 1.5 },
    { name: 'a silent agent', more: { kind: 'agent-silent' }, seconds: 10 },
    { name: 'a gateway that does not answer', more: { kind: 'gateway-unreachable' }, seconds: 10 },
    { name: 'a restart', more: { kind: 'gateway-rebooted' }, seconds: 45 },
    { name: 'lost power', more: { kind: 'power-lost' }, seconds: 15 },
    { name: 'a lost SIP server of a gateway', more: { kind: 'registrar-lost' }, seconds: 40 },
    { name: 'a site that is cut off', more: { kind: 'site-wan-down' }, seconds: 0 },
    { name: 'restless, and nobody was notified before', more: { history: RESTLESS }, seconds: 1.5 },
    { name: 'calm, and notified before', more: { told }, seconds: 1.5 },
    {
      name: 'restless, and notified before: waits at most five minutes',
      more: { history: RESTLESS, told },
      seconds: 240,
    },
    { name: 'flapping, and notified before: five minutes', more: { flapping: true, told }, seconds: 300 },
    {
      name: 'very restless and flapping: still five minutes',
      more: { history: { bits: 0b101_0101_0101, length: 21, at: T }, flapping: true, told },
      seconds: 300,
    },
    {
      name: 'flapping for twenty minutes unannounced: now',
      more: { flapping: true, told, flappingSince: T - 20 * minute },
      seconds: 1.5,
    },
  ] as const)('$name: after $seconds s', ({ more, seconds }) => {
    expect(at(more as Partial<AlertRecord>)).toBe(seconds);
  });
});

describe('holdOf: why an open condition is not announced now', () => {
  const context = { now: T + 10 * minute, dispatchFrom: 0, cause: null, told: null, maintenance: null };
  const window = { windowId: 'window', until: T + 60 * minute };
  const inMaintenance: Hold = { reason: 'maintenance', ...window };
  const proving = (until: number): Hold => ({ reason: 'proving', until });
  test.for([
    { name: 'nothing holds it', before: null, given: {}, hold: null },
    { name: 'a cause explains it', before: null, given: { cause: 'c' }, hold: { reason: 'suppressed', by: 'c' } },
    {
      name: 'another cause explains it',
      before: { reason: 'suppressed', by: 'b' },
      given: { cause: 'c' },
      hold: { reason: 'suppressed', by: 'c' },
    },
    {
      name: 'a cause comes before maintenance',
      before: null,
      given: { cause: 'c', maintenance: window },
      hold: { reason: 'suppressed', by: 'c' },
    },
    { name: 'maintenance', before: null, given: { maintenance: window }, hold: inMaintenance },
    {
      name: 'part of an outage that was announced',
      before: null,
      given: { told: 'o' },
      hold: { reason: 'told', by: 'o' },
    },
    {
      name: 'once part of an announced outage, so it stays',
      before: { reason: 'told', by: 'o' },
      given: {},
      hold: { reason: 'told', by: 'o' },
    },
    {
      name: 'the cause is over: it must prove itself',
      before: { reason: 'suppressed', by: 'c' },
      given: {},
      hold: proving(T + 10 * minute + PROVING_MS),
    },
    {
      name: 'maintenance is over: it must prove itself',
      before: inMaintenance,
      given: {},
      hold: proving(T + 10 * minute + PROVING_MS),
    },
    { name: 'still proving', before: proving(T + 10 * minute + 1), given: {}, hold: proving(T + 10 * minute + 1) },
    { name: 'proving is over', before: proving(T + 10 * minute), given: {}, hold: null },
    {
      name: 'the process has just started',
      before: null,
      given: { dispatchFrom: T + 11 * minute },
      hold: { reason: 'starting', until: T + 11 * minute },
    },
  ] as const)('$name', ({ before, given, hold }) => {
    expect(holdOf(open({ hold: before as Hold | null }), { ...context, ...given })).toEqual(hold);
  });

  test('it settles first', () => {
    const now = T + 10 * second;
    expect(holdOf(open(), { ...context, now })).toEqual({ reason: 'settling', until: now + 1500 });
  });
});

describe('nextMoment: when time alone changes something', () => {
  test.for([
    { name: 'pending', record: pending(), at: T + 10 * second },
    { name: 'pending and unknown', record: pending({ verdict: 'unknown' }), at: null },
    { name: 'recovering', record: recovering(), at: T + 90 * second },
    { name: 'recovering and unknown', record: recovering({ verdict: 'unknown' }), at: null },
    { name: 'held until a time', record: open({ hold: { reason: 'settling', until: T + minute } }), at: T + minute },
    { name: 'suppressed by a cause', record: open({ hold: { reason: 'suppressed', by: 'c' } }), at: null },
    { name: 'announced', record: open({ announced: true, hold: { reason: 'settling', until: T } }), at: null },
    { name: 'ended', record: ended(), at: null },
  ] as const)('$name', ({ record, at }) => {
    expect(nextMoment(record)).toBe(at);
  });

  test('what settles becomes calmer by the minute, what is announced does not', () => {
    expect(stirsAt(open({ hold: { reason: 'settling', until: T + 10 * minute } }), T)).toBe(T + SLOT_MS);
    expect(stirsAt(open({ announced: true }), T)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('what stays of a condition after its end', () => {
  test('nothing of its life but when it was announced and how restless it was', () => {
    expect(ended()).toMatchObject({
      phase: null,
      announced: false,
      hold: null,
      badSince: null,
      goodSince: null,
      openedAt: null,
      told: { from: T, to: T + minute },
    });
    expect(closed(recovering(), T + 2 * minute).told).toBeNull();
  });

  test('it is forgotten when nothing of its history is restless any more', () => {
    const record = advance(recovering({ announced: true }), T + 90 * second).record;
    const over = closed(record, T + 90 * second);
    expect(isRemembered(over, T + 5 * minute)).toBe(true);
    expect(isRemembered(over, T + 60 * minute)).toBe(false);
  });
});

test('a clock that was set back leaves nothing in the future', () => {
  const record = recovering({ flappingSince: T + minute, hold: { reason: 'proving', until: T + 99 * minute } });
  const now = T - 5 * minute;
  expect(notLaterThan(record, now)).toMatchObject({
    observedAt: now,
    badSince: now,
    goodSince: now,
    openedAt: now,
    flappingSince: now,
    hold: { reason: 'proving', until: now + PROVING_MS },
    history: { at: now },
  });
  expect(notLaterThan(record, T + 5 * minute)).toBe(record);
});
