import { expect, test } from 'vitest';
import { targetWords } from './target-words.ts';

test.for([
  ['192.0.2.1', true, null, 'ok', 'Reachable'],
  ['192.0.2.1', false, null, 'major', 'Unreachable'],
  ['192.0.2.1', false, 'SNMP access refused.', 'major', 'SNMP access refused.'],
  ['192.0.2.1', null, null, 'unknown', 'Unknown'],
  ['192.0.2.0/28', null, null, 'unknown', 'Range to search'],
] as const)('%s, reachable %j, reason %j: %s, %s', ([address, reachable, reason, severity, words]) => {
  expect(targetWords({ address, reachable, reason })).toEqual({ severity, words });
});
