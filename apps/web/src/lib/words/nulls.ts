import type { NullReason } from '@loopstart/domain';
import { t } from '../../messages/states.ts';

/** Why a value is not there, as the end of "Not known: …". */
export const NULL_WORDS: Record<NullReason, string> = t.group('nullReason');

/** The words for a null's reason; where none was given we say so rather than guess. */
export function nullWords(reason: NullReason | undefined): string {
  return reason === undefined ? t('noReasonGiven') : NULL_WORDS[reason];
}
