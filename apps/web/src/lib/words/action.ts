import type { Action } from '@loopstart/contracts';
import { type ActionState, type ActionType, REFUSALS } from '@loopstart/domain';
import { t } from '../../messages/states.ts';

export const ACTION_WORDS: Record<ActionType, string> = t.group('actionName');

/** What an action does, told before it is done. */
export const ACTION_HINTS: Record<ActionType, string> = t.group('actionHints');

export const ACTION_STATE_WORDS: Record<ActionState, string> = t.group('actionState');

const FINAL: ReadonlySet<ActionState> = new Set(['succeeded', 'failed', 'refused', 'expired', 'cancelled']);

/** Whether an action moves no further. */
export function isFinal(state: ActionState): boolean {
  return FINAL.has(state);
}

/** Who overrode what, before the reason that was given. */
export function overrideWords({ requestedBy, overrode }: Pick<Action, 'requestedBy' | 'overrode'>): string {
  const what = overrode === null ? '' : ` ${REFUSALS[overrode].text}`;
  return t('overrideReasonGiven', { requestedBy, what });
}
