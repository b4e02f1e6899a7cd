import type { CauseOfTrouble } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { byUrgency } from './causes.ts';

const cause = (
  number: number,
  change: Partial<Omit<CauseOfTrouble, 'incident'>> & { incident?: object } = {},
): CauseOfTrouble =>
  ({
    lines: 1,
    lifeSafetyLines: 0,
    first: [],
    ...change,
    incident: { number, severity: 'major', attention: 'open', since: '2026-11-20T10:00:00.000Z', ...change.incident },
  }) as unknown as CauseOfTrouble;

test('severity first, then lines on which a life depends, then lines, then age; what is snoozed comes last', () => {
  const sorted = [
    cause(1, { lines: 40 }),
    cause(2, { lines: 2, lifeSafetyLines: 1 }),
    cause(3, { incident: { severity: 'critical', attention: 'snoozed' } }),
    cause(4, { incident: { severity: 'critical' } }),
    cause(5, { lines: 40, incident: { since: '2026-11-20T09:00:00.000Z' } }),
    cause(6, { incident: { severity: 'minor' }, lifeSafetyLines: 9 }),
  ].sort(byUrgency);
  expect(sorted.map(({ incident }) => incident.number)).toEqual([4, 2, 5, 1, 6, 3]);
});
