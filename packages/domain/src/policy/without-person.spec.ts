import { expect, test } from 'vitest';
import type { EscalationStep, Target } from './policy.ts';
import { layersWithout, policyNames, policyWithout } from './without-person.ts';

const ada: Target = { type: 'person', userId: 'ada' };
const tom: Target = { type: 'person', userId: 'tom' };
const all: Target = { type: 'all-channels' };
const step = (waitMinutes: number, ...targets: Target[]): EscalationStep => ({ waitMinutes, targets });

test.for([
  ['others stay', [['ada', 'tom'], ['tom']], [['tom'], ['tom']]],
  ['a layer of this person alone goes', [['tom'], ['ada']], [['tom']]],
  ['nobody is left', [['ada']], []],
  ['a person with two turns has neither', [['ada', 'tom', 'ada']], [['tom']]],
] as const)('layers: %s', ([, before, after]) => {
  const layers = before.map((userIds) => ({ userIds, turn: 'week' }));
  expect(layersWithout(layers, 'ada')).toEqual(after.map((userIds) => ({ userIds, turn: 'week' })));
});

test.for([
  ['others stay', [step(0, ada, all)], [step(0, all)], false],
  [
    'a step of this person alone goes, and the next keeps its time',
    [step(5, ada), step(10, tom), step(3, all)],
    [step(15, tom), step(3, all)],
    false,
  ],
  ['a last step goes where others are left', [step(0, all), step(10, ada)], [step(0, all)], false],
  [
    'where nothing would be left, the steps stay and notify nobody',
    [step(2, ada), step(3, ada)],
    [step(2, ada), step(3, ada)],
    true,
  ],
] as const)('steps: %s', ([, before, after, empty]) =>
  expect(policyWithout({ steps: before, digest: null }, 'ada')).toEqual({ steps: after, digest: null, empty }),
);

test('a digest loses the person where it has other readers', () => {
  const digest = (...targets: Target[]) => ({ timeZone: 'UTC', at: '08:00', weekdays: [1], severities: [], targets });
  const left = (...targets: Target[]) =>
    policyWithout({ steps: [step(0, all)], digest: digest(...targets) }, 'ada').digest;
  expect(left(ada, tom)?.targets).toEqual([tom]);
  expect(left(ada)?.targets).toEqual([ada]);
});

test('a policy names a person in its steps or in its digest', () => {
  const digest = { timeZone: 'UTC', at: '08:00', weekdays: [1], severities: [], targets: [ada] };
  expect(policyNames({ steps: [step(0, all)], digest }, 'ada')).toBe(true);
  expect(policyNames({ steps: [step(0, ada)], digest: null }, 'ada')).toBe(true);
  expect(policyNames({ steps: [step(0, tom)], digest: null }, 'ada')).toBe(false);
});
