import { PORT_ACTIONS, type ActionType } from '../actions.ts';

/**
 * Kind of a refusal, which decides what can lift it. `access`: nothing in the request can lift it. `pointless`: the
 * target state is already reached. `busy`: the line is in use. `cannot-tell`: it is unknown whether the line is in use;
 * a written reason overrides it. `confirm`: a confirmation lifts it.
 */
export type RefusalKind = 'access' | 'pointless' | 'busy' | 'cannot-tell' | 'confirm';

/** Every reason why an action is refused: its code, its kind, and the sentence shown to people. */
export const REFUSALS = {
  role: { kind: 'access', text: 'Your role does not allow this.' },
  unsupported: { kind: 'access', text: 'This model cannot do that by SNMP.' },
  'no-such-port': { kind: 'access', text: 'The gateway has no such port.' },
  'no-write-access': {
    kind: 'access',
    text: 'Loopstart may only read this gateway: its discovery target has no write community.',
  },
  'agent-silent': { kind: 'access', text: 'The agent of this site is not connected.' },
  'already-locked': { kind: 'pointless', text: 'The port is locked already.' },
  'not-locked': { kind: 'pointless', text: 'The port is not locked.' },
  'emergency-hold': {
    kind: 'busy',
    text: 'There is, or was in the last 30 minutes, an emergency call; it may be returned.',
  },
  ringing: { kind: 'busy', text: 'The line is ringing.' },
  'off-hook': { kind: 'busy', text: 'The receiver is off the hook.' },
  'call-in-progress': { kind: 'busy', text: 'A call is in progress.' },
  'on-battery': { kind: 'busy', text: 'The gateway runs on battery.' },
  'idle-not-told': {
    kind: 'cannot-tell',
    text: 'This model cannot tell whether a line is idle: it may be ringing or in a call.',
  },
  'state-unknown': { kind: 'cannot-tell', text: 'The gateway did not tell whether the line is in use.' },
  'state-stale': {
    kind: 'cannot-tell',
    text: 'The last reading is too old to tell whether the line is in use.',
  },
  'on-hook-too-short': {
    kind: 'cannot-tell',
    text: 'The line is on hook, but not known to have been so for 10 seconds: it may be ringing.',
  },
  'no-lines-known': {
    kind: 'cannot-tell',
    text: 'The gateway lists no lines, so nobody can tell whether one is in use.',
  },
  'life-safety-line': {
    kind: 'confirm',
    text: 'An alarm panel or lift phone depends on this line; confirm that it may be interrupted.',
  },
} as const satisfies Record<string, { kind: RefusalKind; text: string }>;
export type RefusalCode = keyof typeof REFUSALS;
export const REFUSAL_CODES = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]];

export interface Refusal {
  code: RefusalCode;
  /** The port that causes the refusal; null where it is the gateway itself. */
  position: number | null;
}

/** A refusal as one sentence, with the port where the action affects the whole gateway. */
export function refusalSentence(type: ActionType, { code, position }: Refusal): string {
  const { text } = REFUSALS[code];
  return position === null || PORT_ACTIONS.has(type) ? text : `Port ${position}: ${text}`;
}
