import type { ActionOffer } from '@loopstart/contracts';
import { DISTURBING_ACTIONS } from '@loopstart/domain';
import { t } from '../../messages/actions.ts';

/** The shortest reason the API takes for an override, in characters without the space around them. */
export const REASON_CHARS_MIN = 10;

/** Why a button cannot be pressed, as a sentence; null where it may be, or where the person can lift what is in the way. */
export function blockedBy({ refusal, needsLifeSafetyConfirmation, needsOverride }: ActionOffer): string | null {
  return refusal === null || needsLifeSafetyConfirmation || needsOverride ? null : refusal.text;
}

/** Whether something has to be asked before it is done. */
export function asksFirst({ type, refusal }: ActionOffer): boolean {
  return refusal !== null || DISTURBING_ACTIONS.has(type);
}

/** What is still missing before a person may go on; null where nothing is. */
export function stillMissing(offer: ActionOffer, given: { confirmed: boolean; reason: string }): string | null {
  if (offer.needsLifeSafetyConfirmation && !given.confirmed) return t('confirmFirstLineMay');
  if (offer.needsOverride && given.reason.trim().length < REASON_CHARS_MIN) {
    return t('enterReasonLeastCharacters', { min: REASON_CHARS_MIN });
  }
  return null;
}
