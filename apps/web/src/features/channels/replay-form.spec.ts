import { endpoints } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { checkReplay, replayInput } from './replay-form.ts';

test('local times of the reader become instants', () => {
  const draft = { which: 'all', from: '2026-11-23T08:00', to: '2026-11-23T09:00' } as const;
  const input = replayInput(draft, 'Europe/Berlin');
  expect(endpoints.replayDeliveries.body.parse(input)).toEqual({
    which: 'all',
    from: '2026-11-23T07:00:00.000Z',
    to: '2026-11-23T08:00:00.000Z',
  });
});

test('empty times are left out, and what is no time is refused at its field', () => {
  expect(replayInput({ which: 'failed', from: '', to: '' }, 'UTC')).toEqual({ which: 'failed' });
  const wrong = endpoints.replayDeliveries.body.safeParse(replayInput({ which: 'failed', from: 'x', to: '' }, 'UTC'));
  expect(wrong.error?.issues[0]?.path).toEqual(['from']);
});

test.for([
  [{ which: 'all' }, { from: 'Enter the beginning.' }],
  [{ which: 'failed' }, {}],
  [{ which: 'all', from: '2026-11-23T08:00:00Z' }, {}],
  [
    { which: 'failed', from: '2026-11-23T08:00:00Z', to: '2026-11-23T08:00:00Z' },
    { to: 'The end is before the beginning.' },
  ],
] as const)('%j is judged %j', ([input, errors]) => {
  expect(checkReplay(input)).toEqual(errors);
});
