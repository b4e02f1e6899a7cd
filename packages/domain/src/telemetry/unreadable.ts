/**
 * Why an agent has no reading of a gateway. On the wire and in the database a code stands here, with a sentence for the
 * operator beside it; nothing compares the sentences.
 */
export const UNREADABLE_CODES = [
  /** Nothing was answered: no power, no network, a wrong community (SNMPv1 and v2c drop it), or an access list. */
  'no-answer',
  /** The operating system has no way to it: no route, a refused port, a name that is not found. */
  'network-unreachable',
  /** It answers, and refuses the passphrase of the SNMPv3 user. */
  'authentication-failed',
  /** It answers, and does not know the SNMPv3 user. */
  'unknown-user',
  /** It answers, and its SNMPv3 clock cannot be agreed on (RFC 3414, 2.3). */
  'clock-not-agreed',
  /** It answers small questions, but not one as large as the smallest reading. */
  'small-questions-only',
  /** Answers come from another address than the one that was asked. */
  'wrong-address-answers',
  /** It answers with an error status to what every SNMP agent must answer. */
  'snmp-error',
  /** It answers, and the answers are not valid SNMP. */
  'invalid-answer',
  /** Another gateway answers at its address. */
  'another-gateway',
  /** The same gateway is read under another address already. */
  'read-elsewhere',
  /** Its target was taken out of the agent's list: nobody asks it any more. */
  'target-removed',
  /** The target itself cannot be used: no address, too wide a range, incomplete access. */
  'target-refused',
  /** None of these, or an older agent did not say. */
  'unknown',
] as const;
export type UnreadableCode = (typeof UNREADABLE_CODES)[number];

/** Something at the address answers, so power and network are there: the reading is what fails. */
const ANSWERS: ReadonlySet<UnreadableCode> = new Set([
  'authentication-failed',
  'unknown-user',
  'clock-not-agreed',
  'small-questions-only',
  'wrong-address-answers',
  'snmp-error',
  'invalid-answer',
]);

/** Does it answer, only not so that it can be read? */
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

/** The code of what an agent reported: its own, or for an older agent that of its sentence. */
export function unreadableCode(code: UnreadableCode | null | undefined, sentence: string | null): UnreadableCode {
  return code ?? FORMER_SENTENCES.find(([begin]) => sentence?.startsWith(begin))?.[1] ?? 'unknown';
}
