import { RETURN_REASONS } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { attentionOf } from './returns-words.ts';

const other = RETURN_REASONS.find((reason) => reason !== 'away-too-long')!;
const away = { approved: null, reason: 'away-too-long' } as const;

test.for([
  ['nobody asks', [], { waiting: 0, severity: 'minor' }],
  ['two were away for long', [away, away], { waiting: 2, severity: 'minor' }],
  ['one of them may be a copy', [away, { approved: null, reason: other }], { waiting: 2, severity: 'critical' }],
  [
    'what was decided does not count',
    [
      { approved: true, reason: other },
      { ...away, approved: false },
    ],
    { waiting: 0, severity: 'minor' },
  ],
] as const)('%s', ([, returns, attention]) => {
  expect(attentionOf(returns)).toEqual(attention);
});
