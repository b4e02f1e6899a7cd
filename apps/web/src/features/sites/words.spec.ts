import { expect, test } from 'vitest';
import { agentsWords } from './words.ts';

test.for([
  [0, 0, 'unknown', 'None yet'],
  [1, 1, 'ok', 'Online'],
  [2, 2, 'ok', '2 online'],
  [1, 0, 'unknown', 'Silent'],
  [2, 0, 'unknown', 'All silent'],
  [3, 2, 'minor', '2 of 3 online'],
] as const)('%d agents, %d online: %s, %s', ([agentCount, agentsOnline, severity, words]) => {
  expect(agentsWords({ agentCount, agentsOnline })).toEqual({ severity, words });
});
