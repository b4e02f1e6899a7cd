import type { NullReason } from '@loopstart/domain';

/** Why a value is not there, as the end of "Not known: …". */
export const NULL_WORDS: Record<NullReason, string> = {
  'not-supported': 'not supported by this model',
  'not-answered': 'the gateway did not answer',
  'invalid-value': 'the gateway gave a value that cannot be right',
  'not-applicable': 'does not apply to this port',
  'not-while-in-use': 'cannot be measured while the line is in use',
  'never-read': 'not read yet',
  'agent-silent': 'the agent of the site is silent',
  'gateway-unreachable': 'the gateway cannot be reached',
};

/** The words for a null's reason; where none was given we say so rather than guess. */
export function nullWords(reason: NullReason | undefined): string {
  return reason === undefined ? 'no reason given' : NULL_WORDS[reason];
}
