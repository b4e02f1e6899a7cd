import type { Channel } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { filterChannels } from './filter-channels.ts';

const channel = (name: string, kind: Channel['kind'], filters: Channel['filters'] = {}) =>
  ({ name, kind, filters }) as Channel;
const all = [
  channel('everything', 'webhook'),
  channel('critical only', 'webhook', { severities: ['critical'] }),
  channel('one customer', 'webhook', { customerIds: ['c1'] }),
  channel('mail', 'email'),
];

test.for([
  [{}, ['everything', 'critical only', 'one customer', 'mail']],
  [{ kind: 'email' }, ['mail']],
  [{ severity: 'minor' }, ['everything', 'one customer', 'mail']],
  [{ severity: 'critical', kind: 'webhook' }, ['everything', 'critical only', 'one customer']],
  [{ customerId: 'c2' }, ['everything', 'critical only', 'mail']],
] as const)('%j leaves %j', ([wanted, names]) => {
  expect(filterChannels(all, wanted).map(({ name }) => name)).toEqual(names);
});
