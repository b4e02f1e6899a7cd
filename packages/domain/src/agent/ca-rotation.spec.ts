import { expect, test } from 'vitest';
import { type CaFacts, caRefusal, type CaStep } from './ca-rotation.ts';

const CALM: CaFacts = { hasNext: false, hasFormer: false, unaware: 0, hanging: 0, untilMs: null };

test.for<[string, CaStep, Partial<CaFacts>, ReturnType<typeof caRefusal>]>([
  ['a first step', 'introduce', {}, null],
  ['a second next one', 'introduce', { hasNext: true }, { reason: 'rotation-under-way' }],
  ['a next one beside a former one', 'introduce', { hasFormer: true }, { reason: 'rotation-under-way' }],
  ['a switch to nothing', 'switch', {}, { reason: 'no-next' }],
  ['a switch that every agent expects', 'switch', { hasNext: true }, null],
  [
    'a switch that would cut an agent off',
    'switch',
    { hasNext: true, unaware: 1, untilMs: 5 },
    { reason: 'agents-unaware', agents: 1, untilMs: 5 },
  ],
  ['a switch, whatever hangs on the current one', 'switch', { hasNext: true, hanging: 3 }, null],
  ['a withdrawal of nothing', 'withdraw', {}, { reason: 'no-former' }],
  ['a withdrawal of what nobody needs', 'withdraw', { hasFormer: true, unaware: 2 }, null],
  [
    'a withdrawal too early',
    'withdraw',
    { hasFormer: true, hanging: 2, untilMs: 7 },
    { reason: 'certificates-valid', certificates: 2, untilMs: 7 },
  ],
])('%s', ([, step, facts, refusal]) => expect(caRefusal(step, { ...CALM, ...facts })).toEqual(refusal));
