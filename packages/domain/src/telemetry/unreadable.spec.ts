import { expect, test } from 'vitest';
import { answersUnreadably, UNREADABLE_CODES, unreadableCode } from './unreadable.ts';

test.for([
  [
    'It does not answer SNMP: no power, no network, a wrong community, or not allowed to answer this agent.',
    'no-answer',
  ],
  ['It cannot be reached over the network (EHOSTUNREACH).', 'network-unreachable'],
  ['It refuses the passphrase of the SNMPv3 user.', 'authentication-failed'],
  ['It does not know the SNMPv3 user.', 'unknown-user'],
  ['Its SNMPv3 clock cannot be agreed on.', 'clock-not-agreed'],
  ['Its answers are not valid SNMP (cut).', 'invalid-answer'],
  ['Another gateway answers at its address now.', 'another-gateway'],
  ['The gateway is read under another address already.', 'read-elsewhere'],
  ['No answer to three polls.', 'unknown'],
  [null, 'unknown'],
] as const)('the sentence %s of an older agent is understood', ([sentence, code]) => {
  expect(unreadableCode(undefined, sentence)).toBe(code);
});

test('the code of an agent outranks its sentence', () => {
  for (const code of UNREADABLE_CODES) expect(unreadableCode(code, 'It does not know the SNMPv3 user.')).toBe(code);
});

test('only a code that proves an answer counts as answering', () => {
  expect(UNREADABLE_CODES.filter((code) => !answersUnreadably(code))).toEqual([
    'no-answer',
    'network-unreachable',
    'another-gateway',
    'read-elsewhere',
    'target-removed',
    'target-refused',
    'unknown',
  ]);
});
