import { SilenceInput } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { checkSilence, newSilence, silenceInputOf, silenceWords } from './silence-form.ts';

const ID = '0198f2a0-0000-7000-8000-000000000001';
const NOW = Date.parse('2026-11-23T09:00:00Z');
const draft = { ...newSilence('2026-11-23T12:00'), reason: 'Cable work', scopeId: ID };

describe('the form of a silence', () => {
  test.for([
    [{ scope: 'site' }, { siteId: ID }],
    [{ scope: 'customer' }, { customerId: ID }],
    [{ scope: 'gateway' }, { gatewayId: ID }],
    [
      { scope: 'gateway', position: '7' },
      { gatewayId: ID, position: 7 },
    ],
    [{ scope: 'site', position: '7' }, { siteId: ID }],
    [{ scope: 'operator', kinds: ['port-locked'] }, { kinds: ['port-locked'] }],
  ] as const)('%j matches %j', ([part, matcher]) => {
    const input = SilenceInput.parse(silenceInputOf({ ...draft, ...(part as object) }, 'Europe/Berlin'));
    expect(input).toEqual({ matcher, reason: 'Cable work', endsAt: '2026-11-23T11:00:00.000Z' });
  });

  test('an end that is no time, and a reason that is missing, are refused at their fields', () => {
    const refused = SilenceInput.safeParse(silenceInputOf({ ...draft, reason: '', endsAt: '' }, 'UTC'));
    expect(refused.error?.issues.map((issue) => issue.path.join('.')).sort()).toEqual(['endsAt', 'reason']);
  });

  test.for([
    ['2026-11-23T08:00:00Z', undefined, 'The end is before the beginning.'],
    ['2026-11-23T11:00:00Z', '2026-11-23T12:00:00Z', 'The end is before the beginning.'],
    ['2027-11-23T08:00:00Z', undefined, 'At most 90 days from now.'],
    ['2026-11-24T08:00:00Z', undefined, undefined],
  ] as const)('until %s, from %s: %s', ([endsAt, startsAt, error]) => {
    const input = { matcher: {}, reason: 'x', endsAt, ...(startsAt === undefined ? {} : { startsAt }) };
    expect(checkSilence(input, NOW)['endsAt']).toBe(error);
  });

  test('says what is not told', () => {
    expect(silenceWords({ siteId: ID })).toBe('All incidents');
    expect(silenceWords({ severities: ['minor'], siteId: ID })).toBe('Minor incidents');
  });
});
