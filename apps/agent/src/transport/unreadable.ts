import type { UnreadableCode } from '@loopstart/domain';
import { SnmpError, type SnmpErrorCode } from '@loopstart/snmp';

/** Why a gateway is not read: a code for decisions, and a sentence for the operator. */
export interface Unreadable {
  code: UnreadableCode;
  text: string;
}

const REASONS: Readonly<Record<SnmpErrorCode, readonly [UnreadableCode, (detail: string) => string]>> = {
  timeout: [
    'no-answer',
    () => 'It does not answer SNMP: no power, no network, a wrong community, or not allowed to answer this agent.',
  ],
  unreachable: ['network-unreachable', (detail) => `It cannot be reached over the network (${detail}).`],
  auth: ['authentication-failed', () => 'It refuses the passphrase of the SNMPv3 user.'],
  'unknown-user': ['unknown-user', () => 'It does not know the SNMPv3 user.'],
  'not-in-time-window': ['clock-not-agreed', () => 'Its SNMPv3 clock cannot be agreed on.'],
  'not-answered': [
    'small-questions-only',
    () => 'It answers small questions only: it has power and network, but its readings do not come.',
  ],
  'too-big': [
    'small-questions-only',
    () => 'It answers small questions only: it finds the answer to a single value too big.',
  ],
  'other-address': [
    'wrong-address-answers',
    (detail) => `It answers from another address than the one that was asked (${detail}).`,
  ],
  'error-status': ['snmp-error', (detail) => `It answers with an error instead of values (${detail}).`],
  decode: ['invalid-answer', (detail) => `Its answers are not valid SNMP (${detail}).`],
  'not-increasing': ['invalid-answer', (detail) => `Its answers go in circles (${detail}).`],
  limit: ['invalid-answer', (detail) => `Its answers do not end (${detail}).`],
  closed: ['unknown', () => 'The agent is stopping.'],
};

/** Why a gateway could not be read. */
export function unreadable(error: unknown): Unreadable {
  if (!(error instanceof SnmpError))
    return { code: 'unknown', text: error instanceof Error ? error.message.slice(0, 200) : 'unknown' };
  const [code, sentence] = REASONS[error.code];
  return { code, text: sentence(error.message.slice(0, 110)) };
}
