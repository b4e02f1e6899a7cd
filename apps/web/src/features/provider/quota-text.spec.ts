import { endpoints } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { quotasOf, textOf } from './quota-text.ts';

const schema = endpoints.setQuotas.body;

test.for([
  ['no quota', { ports: null, agents: null, storageBytes: null }],
  ['all quotas', { ports: 240_000, agents: 0, storageBytes: 1_500_000_000 }],
] as const)('%s comes back as it was', ([, quotas]) => {
  expect(schema.parse(quotasOf(textOf(quotas)))).toEqual(quotas);
});

test.for(['-1', '2.5', 'many', '1e400'])('%s lines are refused at their field', (ports) => {
  const { error } = schema.safeParse(quotasOf({ ports, agents: ' 3 ', storageBytes: '' }));
  expect(error?.issues.map(({ path }) => path)).toEqual([['ports']]);
});
