import { SignInPolicyOf } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { draftOf, policyOf } from './policy-draft.ts';

const POLICY = {
  requiredFor: 'roles' as const,
  roles: ['owner'],
  ssoCounts: false,
  accepts: ['passkey' as const],
  idleMinutes: 30,
  sessionHours: 8,
  networks: ['192.0.2.0/24', '2001:db8::/32'],
  roleNetworks: [{ role: 'technician', networks: ['198.51.100.7'] }],
};

test.for([POLICY, { ...POLICY, idleMinutes: null, networks: [], roleNetworks: [] }])(
  'a policy stays as it is',
  (policy) => expect(SignInPolicyOf.parse(policyOf(draftOf(policy)))).toEqual(policy),
);

test('what is no number is named', () => {
  const draft = { ...draftOf(POLICY), sessionHours: 'ten', idleMinutes: '4' };
  expect(SignInPolicyOf.safeParse(policyOf(draft)).error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'idleMinutes',
    'sessionHours',
  ]);
});

test('empty lines and roles without networks are left out', () => {
  const draft = { ...draftOf(POLICY), networks: ' 192.0.2.1 \n\n', roleNetworks: [{ role: 'owner', networks: '\n' }] };
  expect(policyOf(draft)).toMatchObject({ networks: ['192.0.2.1'], roleNetworks: [] });
});
