import { type Policy, PolicyInput, type PolicyTarget } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { checkPolicy, keyOf, newPolicyDraft, policyDraftOf, policyInputOf, targetOf } from './policy-form.ts';

const ID = '0198f2a0-0000-7000-8000-000000000001';
let counter = 0;
const newKey = () => `k${counter++}`;

const stored: Policy = {
  id: ID,
  ordinal: 1,
  ownership: 'owned',
  publishedBy: null,
  version: null,
  name: 'Nights',
  isDefault: false,
  match: { severities: ['critical'], customerIds: [ID] },
  steps: [
    { waitMinutes: 0, targets: [{ type: 'channel', channelId: ID }] },
    {
      waitMinutes: 120,
      targets: [
        { type: 'schedule', scheduleId: ID },
        { type: 'person', userId: ID },
      ],
    },
  ],
  repeat: { times: 2, everyMinutes: 45 },
  quietHours: { timeZone: 'UTC', from: '22:00', to: '06:00', weekdays: [1], severities: ['minor'] },
  digest: { timeZone: 'UTC', at: '08:00', weekdays: [1], severities: ['info'], targets: [{ type: 'all-channels' }] },
  reach: { ok: true, problems: [] },
};

describe('the form of a policy', () => {
  test('what is stored comes back unchanged when nothing is edited', () => {
    expect(PolicyInput.parse(policyInputOf(policyDraftOf(stored, 'UTC', newKey)))).toEqual(PolicyInput.parse(stored));
  });

  test('quiet hours and digest that are switched off are none', () => {
    const draft = policyDraftOf(stored, 'UTC', newKey);
    const input = policyInputOf({
      ...draft,
      quiet: { ...draft.quiet, on: false },
      digest: { ...draft.digest, on: false },
    });
    expect(input).toMatchObject({ quietHours: null, digest: null });
  });

  test('a wait is shown in its largest whole unit', () => {
    const draft = policyDraftOf(stored, 'UTC', newKey);
    expect(draft.steps.map(({ wait, unit }) => [wait, unit])).toEqual([
      ['0', 'minutes'],
      ['2', 'hours'],
    ]);
  });

  test('a step that tells nobody, and a wait that is no number, are refused at their fields', () => {
    const draft = { ...newPolicyDraft('UTC', 'a'), name: 'New' };
    const refused = PolicyInput.safeParse(policyInputOf({ ...draft, steps: [{ ...draft.steps[0]!, wait: '' }] }));
    expect(refused.error?.issues.map((issue) => issue.path.join('.')).sort()).toEqual([
      'steps.0.targets',
      'steps.0.waitMinutes',
    ]);
  });

  test('the default takes everything, whatever was ticked before', () => {
    expect(policyInputOf({ ...policyDraftOf(stored, 'UTC', newKey), isDefault: true }).match).toEqual({});
  });

  test('hours that never end, and severities that wait twice, are told', () => {
    const input = PolicyInput.parse(policyInputOf(policyDraftOf(stored, 'UTC', newKey)));
    expect(checkPolicy(input)).toEqual({});
    const always = {
      ...input.quietHours!,
      from: '06:00',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      severities: ['info' as const],
    };
    expect(Object.keys(checkPolicy({ ...input, quietHours: always }))).toEqual(['quietHours.to', 'digest.severities']);
  });

  test.for<PolicyTarget>([
    { type: 'all-channels' },
    { type: 'channel', channelId: ID },
    { type: 'schedule', scheduleId: ID },
    { type: 'person', userId: ID },
  ])('the target %j survives being a choice', (target) => {
    expect(targetOf(keyOf(target))).toEqual(target);
  });
});
