import { describe, expect, test } from 'vitest';
import { fleet, NOW, openRecord } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import type { AlertRecord } from '../types.ts';
import { type About, NOWHERE, observation, standing } from './view.ts';

const ABOUT: About = {
  kind: 'site-wan-down',
  subject: { type: 'site', id: 's' },
  where: { ...NOWHERE, customerId: 'c', siteId: 's' },
};
const topology = fleet({ s: 'c' });

describe('observation', () => {
  const judgement = { verdict: 'bad', since: NOW - 5, text: 'It is cut off.', seen: { agents: 2 } } as const;
  const parameters = { raiseAfterS: 7, clearAfterS: 8 };
  const settings = [{ kind: 'site-wan-down', scope: 'site', scopeId: 's', parameters }] as const;

  test('says what, where, since when and why, with the thresholds in force there', () => {
    expect(observation(viewOf(topology, [], settings), ABOUT, judgement)).toEqual({
      key: 'site-wan-down@site:s',
      kind: 'site-wan-down',
      subject: { type: 'site', id: 's' },
      verdict: 'bad',
      at: NOW,
      since: NOW - 5,
      severity: 'critical',
      where: { customerId: 'c', siteId: 's', agentId: null, gatewayId: null, position: null, lineDeviceClass: null },
      evidence: {
        text: 'It is cut off.',
        seen: { agents: 2 },
        thresholds: {
          raiseAfterS: { value: 7, scope: 'site', scopeId: 's', reason: 'test' },
          clearAfterS: { value: 8, scope: 'site', scopeId: 's', reason: 'test' },
        },
      },
      raiseAfterMs: 7_000,
      clearAfterMs: 8_000,
    });
  });

  test.for([
    { members: ['minor', 'minor'], severity: 'major' },
    { members: ['minor', 'critical'], severity: 'critical' },
  ] as const)('of members that are $members it is $severity', ({ members, severity }) => {
    const about: About = { kind: 'agents-lost-together', subject: { type: 'operator', id: '' }, where: NOWHERE };
    const records = members.map((one, index) => openRecord('agent-silent', `a${index}`, {}, { severity: one }));
    expect(observation(viewOf(topology), about, { ...judgement, members: records }).severity).toBe(severity);
  });
});

describe('standing: what is bad already', () => {
  const known = (phase: AlertRecord['phase']) => openRecord('site-wan-down', 's', { siteId: 's' }, { phase });
  test.for(['open', 'pending'] as const)('%s is', (phase) => {
    const record = known(phase);
    expect(standing(viewOf(topology, [record]), ABOUT)).toBe(record);
  });
  test.for(['recovering', null] as const)('%s is not', (phase) => {
    expect(standing(viewOf(topology, [known(phase)]), ABOUT)).toBeNull();
  });
  test('what is of another site is not', () => {
    expect(standing(viewOf(topology, [openRecord('site-wan-down', 't')]), ABOUT)).toBeNull();
  });
});
