import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallEvent, NO_QUALITY } from './call-event.ts';
import { ANSWERED_MAX_MS, callProgress, UNANSWERED_MAX_MS } from './call-progress.ts';
import { portByNumber } from './call-port.ts';
import { type Call, hasPhase, isOfCall, mergeCall } from './merge-call.ts';
import { qualityBand } from './quality-band.ts';

const NOW = 1_796_000_000_000;
const step = (phase: CallEvent['phase'], at: number, rest: Partial<CallEvent> = {}): CallEvent => ({
  at,
  format: 'audiocodes-gateway',
  phase,
  callKey: 'k',
  sessionKey: null,
  position: null,
  direction: null,
  dialled: null,
  called: null,
  calling: null,
  forwardedTo: null,
  channel: null,
  trunk: null,
  device: null,
  lineNumber: null,
  gatewaySetupAt: null,
  gatewayConnectAt: null,
  gatewayReleaseAt: null,
  talkMs: null,
  cause: null,
  causeCode: null,
  sipCode: null,
  endedBy: null,
  codec: null,
  fax: null,
  quality: NO_QUALITY,
  nulls: {},
  ...rest,
});
const merged = (steps: readonly CallEvent[]): Call =>
  steps.reduce<Call | null>((call, one) => mergeCall(call, one), null) as Call;

/** The records of one call; the clock of its gateway is `off` from ours. */
const recordsOf = (off: number): CallEvent[] => {
  const [setup, connect, release] = [NOW, NOW + 5_000, NOW + 65_000];
  const times = { gatewaySetupAt: setup + off };
  return [
    step('start', setup, { ...times, dialled: '9123', position: 2 }),
    step('connect', connect, { ...times, gatewayConnectAt: connect + off, codec: 'g711' }),
    step('end', release, {
      ...times,
      gatewayConnectAt: connect + off,
      gatewayReleaseAt: release + off,
      talkMs: 60_000,
      cause: 'NORMAL',
      fax: false,
      quality: { ...NO_QUALITY, mos: 4.1 },
      nulls: { rFactor: 'unavailable' },
    }),
    step('detail', release + 100, { ...times, quality: { ...NO_QUALITY, jitterMs: 3 } }),
  ];
};

describe('the records of a call', () => {
  test('give the same call in any order, some of them twice, whatever the clock of the gateway shows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -86_400_000 * 400, max: 86_400_000 * 400 }),
        fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8 }),
        (off, order) => {
          const all = recordsOf(off);
          const { at: _, ...call } = merged(order.map((index) => all[index]!));
          const { at: __, ...straight } = merged(all);
          expect(call).toEqual(straight);
          expect(straight).toMatchObject({
            startedAt: NOW,
            connectedAt: NOW + 5_000,
            endedAt: NOW + 65_000,
            talkMs: 60_000,
          });
        },
      ),
    );
  });

  test('never give a time or a length that no record has', () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3], { minLength: 1 }), (chosen) => {
        const bare = recordsOf(0).map((one) => ({
          ...one,
          gatewaySetupAt: null,
          gatewayConnectAt: null,
          gatewayReleaseAt: null,
          talkMs: null,
        }));
        const call = merged(chosen.map((index) => bare[index]!));
        expect(call.startedAt === null).toBe(!hasPhase(call, 'start'));
        expect(call.connectedAt === null).toBe(!hasPhase(call, 'connect'));
        expect(call.endedAt === null).toBe(!hasPhase(call, 'end'));
        expect(call.talkMs).toBeNull();
      }),
    );
  });

  test('a reason goes with the value that one of them gives', () => {
    const [start, end] = [
      step('start', NOW, { nulls: { mos: 'not-sent', position: 'base-not-known' } }),
      recordsOf(0)[2]!,
    ];
    expect(merged([start, end]).nulls).toEqual({ position: 'base-not-known', rFactor: 'unavailable' });
  });
});

describe('a record under the same key', () => {
  const over = merged([step('start', NOW), step('end', NOW + 10_000)]);
  const timed = merged([step('start', NOW, { gatewaySetupAt: 1_000_000 })]);
  test.for([
    ['of the same time of setup', timed, step('end', NOW + 1, { gatewaySetupAt: 1_000_900 }), true],
    ['of another time of setup', timed, step('end', NOW + 1, { gatewaySetupAt: 1_003_000 }), false],
    ['an end that comes twice', over, step('end', NOW + 45_000), true],
    ['an end an hour later', over, step('end', NOW + 3_610_000), false],
    ['a start after the end', over, step('start', NOW + 11_000), false],
    ['a start that comes late', over, step('start', NOW + 9_000), true],
    [
      'a start while the call goes on',
      merged([step('start', NOW), step('connect', NOW + 5)]),
      step('start', NOW + 60),
      false,
    ],
    ['of another form', over, step('end', NOW, { format: 'audiocodes-sbc' }), false],
    ['with another key', over, step('end', NOW, { callKey: 'other' }), false],
  ] as const)('%s', ([, call, event, same]) => {
    expect(isOfCall(call, event)).toBe(same);
  });

  test('two legs of a key that is never used again are one call', () => {
    const leg = (setup: number) => step('end', NOW, { format: 'cisco-voipaaa', gatewaySetupAt: setup });
    expect(isOfCall(merged([leg(0)]), leg(60_000))).toBe(true);
  });
});

test.for([
  ['started', { connectedAt: null, ended: false }, UNANSWERED_MAX_MS],
  ['no-end-received', { connectedAt: null, ended: false }, UNANSWERED_MAX_MS + 1],
  ['connected', { connectedAt: NOW, ended: false }, ANSWERED_MAX_MS],
  ['no-end-received', { connectedAt: NOW, ended: false }, ANSWERED_MAX_MS + 1],
  ['ended', { connectedAt: null, ended: true }, ANSWERED_MAX_MS * 9],
] as const)('a call is %s', ([progress, times, afterMs]) => {
  expect(callProgress({ at: NOW, endedAt: null, ...times }, NOW + afterMs)).toBe(progress);
});

test.for([
  ['0202', { position: 1 }],
  ['02-02 ', { position: 1 }],
  ['203', { reason: 'several-lines' }],
  ['299', { reason: 'no-such-port' }],
  ['', { reason: 'not-sent' }],
  [null, { reason: 'not-sent' }],
] as const)('the port of line number %s', ([number, expected]) => {
  const ports = [
    { position: 1, number: '02 02' },
    { position: 2, number: '203' },
    { position: 3, number: '203' },
    { position: 4, number: null },
  ];
  expect(portByNumber(number, ports)).toEqual(expected);
});

test.for([
  [4.03, 'good'],
  [4.02, 'fair'],
  [3.6, 'fair'],
  [3.59, 'poor'],
  [null, null],
] as const)('a score of %s is %s', ([mos, band]) => {
  expect(qualityBand(mos)).toBe(band);
});
