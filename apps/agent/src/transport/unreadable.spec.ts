import { answersUnreadably } from '@loopstart/domain';
import { SnmpError } from '@loopstart/snmp';
import { expect, test } from 'vitest';
import { unreadable } from './unreadable.ts';

test.for([
  ['timeout', 'no-answer', /does not answer SNMP: no power/, false],
  ['unreachable', 'network-unreachable', /cannot be reached/, false],
  ['auth', 'authentication-failed', /passphrase/, true],
  ['unknown-user', 'unknown-user', /SNMPv3 user/, true],
  ['not-in-time-window', 'clock-not-agreed', /clock/, true],
  ['not-answered', 'small-questions-only', /small questions only/, true],
  ['too-big', 'small-questions-only', /small questions only/, true],
  ['other-address', 'wrong-address-answers', /another address .*192\.0\.2\.9/, true],
  ['error-status', 'snmp-error', /error instead of values/, true],
  ['decode', 'invalid-answer', /not valid SNMP/, true],
  ['not-increasing', 'invalid-answer', /circles/, true],
  ['limit', 'invalid-answer', /do not end/, true],
] as const)('%s is %s in plain words', ([error, code, text, answers]) => {
  const found = unreadable(new SnmpError(error, 'an answer from 192.0.2.9:161'));
  expect(found).toEqual({ code, text: expect.stringMatching(text) });
  expect(found.text.length).toBeLessThanOrEqual(200);
  // Only a complete lack of answers may be attributed to power or network.
  expect(answersUnreadably(found.code)).toBe(answers);
});

test('another error than one of SNMP keeps its message', () => {
  expect(unreadable(new Error('out of memory'))).toEqual({ code: 'unknown', text: 'out of memory' });
});
