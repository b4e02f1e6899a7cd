import { CALL_STATES, PORT_STATE_FIELDS, type PortStateField } from '@loopstart/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LaneInput, stretches, weightOf, lanesFrom } from './lanes.ts';

const T = Date.parse('2026-11-23T12:00:00.000Z');
const min = (minutes: number) => T + minutes * 60_000;
const change = (minutes: number, from: string | null, to: string | null, field = 'hook') => ({
  at: new Date(min(minutes)).toISOString(),
  receivedAt: new Date(min(minutes)).toISOString(),
  field,
  from,
  to,
});
const lane = (input: Partial<LaneInput>) =>
  stretches({
    field: 'hook',
    changes: [],
    current: 'on-hook',
    fromMs: min(0),
    toMs: min(60),
    knownUntilMs: min(60),
    loadedFromMs: min(0),
    ...input,
  }).map(({ fromMs, toMs, value }) => [(fromMs - T) / 60_000, (toMs - T) / 60_000, value]);

describe('what a field was over time', () => {
  test('nothing changed: one stretch of what it is', () => {
    expect(lane({})).toEqual([[0, 60, 'on-hook']]);
  });

  test('a call in the middle, told newest first', () => {
    const changes = [change(30, 'off-hook', 'on-hook'), change(20, 'on-hook', 'off-hook')];
    expect(lane({ changes })).toEqual([
      [0, 20, 'on-hook'],
      [20, 30, 'off-hook'],
      [30, 60, 'on-hook'],
    ]);
  });

  test('changes of other fields do not matter', () => {
    expect(lane({ changes: [change(30, 'idle', 'talking', 'call')] })).toEqual([[0, 60, 'on-hook']]);
  });

  test('after the last reading nobody knows', () => {
    expect(lane({ knownUntilMs: min(40) })).toEqual([
      [0, 40, 'on-hook'],
      [40, 60, null],
    ]);
  });

  test('what was not loaded is left blank, not guessed', () => {
    expect(lane({ changes: [change(50, 'off-hook', 'on-hook')], loadedFromMs: min(30) })).toEqual([
      [30, 50, 'off-hook'],
      [50, 60, 'on-hook'],
    ]);
  });

  test('a value lost and found again', () => {
    const changes = [change(30, null, 'on-hook'), change(10, 'on-hook', null)];
    expect(lane({ changes })).toEqual([
      [0, 10, 'on-hook'],
      [10, 30, null],
      [30, 60, 'on-hook'],
    ]);
  });

  test('stretches follow each other without overlap or hole, whatever the changes', () => {
    const minutes = fc.array(fc.integer({ min: -30, max: 90 }), { maxLength: 30 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 60 }), (at, known) => {
        const changes = at.map((minute, index) => change(minute, String(index), String(index + 1)));
        const result = lane({ changes, knownUntilMs: min(known) });
        expect(result[0]?.[0]).toBe(0);
        expect(result.at(-1)?.[1]).toBe(60);
        for (let index = 1; index < result.length; index += 1) expect(result[index]![0]).toBe(result[index - 1]![1]);
      }),
    );
  });
});

describe('how a value is drawn', () => {
  test.for([
    ['hook', 'on-hook', 'normal'],
    ['hook', 'off-hook', 'busy'],
    ['call', 'receiver-off-hook', 'attention'],
    ['oper', 'out-of-service', 'bad'],
    ['fault', 'none', 'normal'],
    ['fault', 'short-circuit', 'bad'],
    ['registration', 'not-used', 'normal'],
    ['registration', null, 'unknown'],
    ['call', 'a-word-of-the-future', 'normal'],
  ] as const)('%s %s is %s', ([field, value, weight]) => {
    expect(weightOf(field, value)).toBe(weight);
  });

  test.for(CALL_STATES.filter((state) => state !== 'idle'))('a line that is %s is never drawn as normal', (state) => {
    expect(weightOf('call', state)).not.toBe('normal');
  });

  test.for(Object.keys(PORT_STATE_FIELDS) as PortStateField[])('%s unknown is drawn as unknown', (field) => {
    expect(weightOf(field, null)).toBe('unknown');
  });
});

test.for([
  ['a gateway known for long: the whole range', 0, 86_400_000, -1, 0],
  ['one found two hours ago: from then on', 0, 86_400_000, 79_200_000, 79_200_000],
  ['one found a minute ago: ten minutes', 0, 86_400_000, 86_340_000, 85_800_000],
] as const)('%s', ([, fromMs, toMs, firstKnownMs, start]) => {
  expect(lanesFrom(fromMs, toMs, firstKnownMs)).toBe(start);
});
