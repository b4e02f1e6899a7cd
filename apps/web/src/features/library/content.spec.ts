import type { Policy, RoleView } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { nameOf, policySources, roleSources } from './content.ts';

const policy = (more: Partial<Policy>): Policy => ({
  id: 'p',
  ordinal: 1,
  name: 'Lifts',
  isDefault: false,
  match: {},
  steps: [{ waitMinutes: 0, targets: [{ type: 'all-channels' }] }],
  repeat: { times: 0, everyMinutes: 30 },
  quietHours: null,
  digest: null,
  reach: { ok: true, problems: [] },
  ownership: 'owned',
  publishedBy: null,
  version: null,
  ...more,
});

test('own policies but the default can be published, without what is of this operator alone', () => {
  const [source, ...others] = policySources([
    policy({}),
    policy({ id: 'd', isDefault: true }),
    policy({ id: 'l', ownership: 'locked', publishedBy: 'provider', version: 2 }),
  ]);
  expect(others).toEqual([]);
  expect(source!.id).toBe('p');
  expect(Object.keys(source!.object.content).toSorted()).toEqual([
    'digest',
    'isDefault',
    'match',
    'name',
    'quietHours',
    'repeat',
    'steps',
  ]);
  expect(nameOf(source!.object)).toBe('Lifts');
});

test('own roles can be published, built-in and locked ones cannot', () => {
  const role: RoleView = {
    id: 'r',
    title: 'Nights',
    permissions: ['gateways.read'],
    maxLinesAtOnce: 10,
    about: null,
    own: true,
    limitedOnly: false,
    members: 3,
    ownership: 'owned',
    publishedBy: null,
    version: null,
  };
  const sources = roleSources([role, { ...role, own: false }, { ...role, ownership: 'locked', version: 1 }]);
  expect(sources).toEqual([
    {
      id: 'r',
      name: 'Nights',
      object: { kind: 'role', content: { title: 'Nights', permissions: ['gateways.read'], maxLinesAtOnce: 10 } },
    },
  ]);
  expect(nameOf(sources[0]!.object)).toBe('Nights');
});
