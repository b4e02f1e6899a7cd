import { describe, expect, test } from 'vitest';
import { type SetUp, setupSteps } from './steps.ts';

const EMPTY: SetUp = {
  customers: 0,
  sites: 0,
  agents: 0,
  firstAgentId: null,
  firstSiteId: null,
  gateways: 0,
  channels: 0,
  reachingPolicies: 0,
};
const states = (is: Partial<SetUp>) => setupSteps({ ...EMPTY, ...is }).map(({ id, state }) => `${id} ${state}`);

describe('the way from an empty console to a notification', () => {
  test('begins with what can be done: no step leads to a page that cannot be used yet', () => {
    expect(states({})).toEqual([
      'customer now',
      'site later',
      'agent later',
      'targets later',
      'channel now',
      'policy later',
    ]);
    expect(
      setupSteps(EMPTY)
        .filter((step) => step.state === 'later')
        .map((step) => step.href),
    ).toEqual([null, null, null, null]);
  });

  test.for<[string, Partial<SetUp>, string]>([
    ['a customer makes a site possible', { customers: 1 }, 'site now'],
    ['a site an agent', { customers: 1, sites: 1, firstSiteId: 's' }, 'agent now'],
    ['an agent targets', { customers: 1, sites: 1, firstSiteId: 's', agents: 1, firstAgentId: 'a' }, 'targets now'],
    ['a gateway ends that', { agents: 1, firstAgentId: 'a', gateways: 3 }, 'targets done'],
    ['a channel a policy', { channels: 1 }, 'policy now'],
    ['a policy that reaches somebody ends it', { channels: 1, reachingPolicies: 1 }, 'policy done'],
  ])('%s', ([, is, expected]) => {
    expect(states(is)).toContain(expected);
  });

  test('leads to the right place', () => {
    const step = (is: Partial<SetUp>, id: string) => setupSteps({ ...EMPTY, ...is }).find((one) => one.id === id)?.href;
    expect(step({ sites: 1, firstSiteId: 's' }, 'agent')).toBe('/agents/add?siteId=s');
    expect(step({ firstAgentId: 'a' }, 'targets')).toBe('/agents/a');
  });
});
