import { describe, expect, test } from 'vitest';
import { noticesOf, type RecordState, retirementOf } from './notices.ts';

const T = (minute: number) => new Date(Date.UTC(2026, 4, 12, 10, minute));
const OTHER = { id: '00000000-0000-4000-8000-000000000001', name: 'New box' };
const GOOD: RecordState = {
  retiredAt: null,
  retiredBecause: null,
  retiredBy: null,
  retiredNote: null,
  successor: null,
  agentsLearned: null,
  displacedBy: null,
  displacedKept: false,
  targetRemovedAt: null,
  agentRevokedAt: null,
  identity: null,
  observedAt: T(5),
};
const codes = (part: Partial<RecordState>) => noticesOf({ ...GOOD, ...part }).map(({ code }) => code);

describe('what a gateway says of its record', () => {
  test.for([
    ['nothing where all is well', {}, []],
    ['that another answers at its address', { displacedBy: OTHER }, ['displaced']],
    ['nothing more of that once it was answered', { displacedBy: OTHER, displacedKept: true }, []],
    ['that its target was taken away', { targetRemovedAt: T(1) }, ['target-removed']],
    ['that its agent was revoked, which says more', { targetRemovedAt: T(1), agentRevokedAt: T(1) }, ['agent-revoked']],
    [
      'that its identity answers elsewhere too',
      { identity: { conflict: { kind: 'same-identity' as const, addresses: ['192.0.2.9'] } } },
      ['identity-conflict'],
    ],
    ['nothing of all this once it is retired', { retiredAt: T(6), displacedBy: OTHER, targetRemovedAt: T(1) }, []],
    [
      'that it is reported again after it was retired',
      { retiredAt: T(4), retiredBecause: 'retired' as const },
      ['retired-reported-again'],
    ],
  ] as [string, Partial<RecordState>, string[]][])('%s', ([, part, expected]) => {
    expect(codes(part)).toEqual(expected);
  });

  test('a reading from before it was retired is no report of now', () => {
    expect(retirementOf({ ...GOOD, retiredAt: T(6) })?.reportedAgain).toBe(false);
    expect(retirementOf({ ...GOOD, retiredAt: T(6), observedAt: null })?.reportedAgain).toBe(false);
    expect(retirementOf({ ...GOOD, retiredAt: T(4) })?.reportedAgain).toBe(true);
    expect(retirementOf(GOOD)).toBeNull();
  });
});
