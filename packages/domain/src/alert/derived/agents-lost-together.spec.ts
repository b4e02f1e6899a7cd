import { describe, expect, test } from 'vitest';
import { at, fleet, NOW, openRecord } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import { agentsLostTogether } from './agents-lost-together.ts';

const of = (total: number, silent: number, parameters: Record<string, number> = {}) => {
  const ids = Array.from({ length: total }, (_, index) => `s${index}`);
  const topology = fleet(Object.fromEntries(ids.map((id) => [id, 'c'])));
  const lost = ids
    .slice(0, silent)
    .map((id) => openRecord('agent-silent', `a-${id}`, { siteId: id, agentId: `a-${id}` }));
  return agentsLostTogether(viewOf(topology, lost, [{ kind: 'agents-lost-together', parameters }]), lost);
};

describe('at least five agents, and 30 % of them', () => {
  test.for([
    { total: 5, silent: 5, isBad: true },
    { total: 5, silent: 4, isBad: false },
    { total: 16, silent: 5, isBad: true },
    // 30 % of 17 are 5.1.
    { total: 17, silent: 5, isBad: false },
    { total: 17, silent: 6, isBad: true },
    { total: 100, silent: 30, isBad: true },
    { total: 100, silent: 29, isBad: false },
  ])('$silent of $total: $isBad', ({ total, silent, isBad }) => expect(of(total, silent) !== null).toBe(isBad));
});

test.for<{ parameters: Record<string, number>; silent: number; isBad: boolean }>([
  { parameters: { agentsMin: 2 }, silent: 3, isBad: true },
  { parameters: { agentsMin: 2 }, silent: 2, isBad: false },
  { parameters: { sharePercent: 60 }, silent: 6, isBad: true },
  { parameters: { sharePercent: 60 }, silent: 5, isBad: false },
])('$silent of 10 with $parameters: $isBad', ({ parameters, silent, isBad }) => {
  expect(of(10, silent, parameters) !== null).toBe(isBad);
});

test('it is about the whole fleet, and says how many of how many', () => {
  expect(of(12, 6)).toMatchObject({
    key: 'agents-lost-together@operator',
    kind: 'agents-lost-together',
    subject: { type: 'operator', id: '' },
    where: at(),
    since: NOW,
    evidence: { text: '6 of 12 agents fell silent together.', seen: { members: 6, of: 12 } },
  });
});
