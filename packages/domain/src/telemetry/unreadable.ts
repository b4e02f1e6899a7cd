/**
 * Why an agent has no reading of a gateway. On the wire and in the database this code stands beside a sentence for the
 * operator; no code compares the sentences.
 */
export const UNREADABLE_CODES = [
  /** No answer at all: no power, no network, a wrong community (SNMPv1 and v2c drop it), or an access list. */
  'no-answer',
  /** The operating system cannot reach it: no route, a refused port, an unknown host name. */
  'network-unreachable',
  /** It answers, and refuses the passphrase of the SNMPv3 user. */
  'authentication-failed',
  /** It answers, and does not know the SNMPv3 user. */
  'unknown-user',
  /** It answers, but agreeing on its SNMPv3 clock fails (RFC 3414, 2.3). */
  'clock-not-agreed',
  /** It answers small requests, but not one as large as the smallest reading. */
  'small-questions-only',
  /** Answers come from another address than the one that was asked. */
  'wrong-address-answers',
  /** It answers with an error status to a request that every SNMP agent must answer. */
  'snmp-error',
  /** It answers, and the answers are not valid SNMP. */
  'invalid-answer',
  /** Another gateway answers at its address. */
  'another-gateway',
  /** The same gateway is read under another address already. */
  'read-elsewhere',
  /** Its target was removed from the agent's settings: it is not polled any more. */
  'target-removed',
  /** The target itself cannot be used: no address, too wide a range, incomplete access. */
  'target-refused',
  /** None of these, or an older agent sent no code. */
  'unknown',
] as const;
export type UnreadableCode = (typeof UNREADABLE_CODES)[number];

/** Codes that prove that something at the address answers: power and network work, the reading fails. */
const ANSWERS: ReadonlySet<UnreadableCode> = new Set([
  'authentication-failed',
  'unknown-user',
  'clock-not-agreed',
  'small-questions-only',
  'wrong-address-answers',
  'snmp-error',
  'invalid-answer',
]);

/** Whether it answers, but cannot be read. */
export function answersUnreadably(code: UnreadableCode): boolean {
  return ANSWERS.has(code);
}

/** Beginnings of the sentences of agents that did not send codes yet. */
const FORMER_SENTENCES: readonly (readonly [string, UnreadableCode])[] = [
  ['It does not answer SNMP', 'no-answer'],
  ['It cannot be reached over the network', 'network-unreachable'],
  ['It refuses the passphrase', 'authentication-failed'],
  ['It does not know the SNMPv3 user', 'unknown-user'],
  ['Its SNMPv3 clock', 'clock-not-agreed'],
  ['Its answers are not valid SNMP', 'invalid-answer'],
  ['Another gateway answers at its address', 'another-gateway'],
  ['The gateway is read under another address', 'read-elsewhere'],
];

/** The code of an agent's report: its own, or for an older agent the one of its sentence. */
export function unreadableCode(code: UnreadableCode | null | undefined, sentence: string | null): UnreadableCode {
  return code ?? FORMER_SENTENCES.find(([begin]) => sentence?.startsWith(begin))?.[1] ?? 'unknown';
}
