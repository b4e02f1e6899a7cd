import type { Port } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { fieldState } from './field-state.ts';

const port = { call: null, hook: 'off-hook', oper: null, nulls: { call: 'not-applicable' } } as unknown as Port;

test('a state that is not there says why, in the same words wherever it is asked for', () => {
  expect(fieldState(port, 'hook')).toEqual({ known: true, word: 'Off hook' });
  expect(fieldState(port, 'call')).toEqual({ known: false, why: 'does not apply to this port' });
  expect(fieldState(port, 'oper')).toEqual({ known: false, why: 'no reason given' });
});
