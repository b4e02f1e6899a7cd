import { NONE_FOUND } from '../../ui/multi-choice.tsx';
import { t } from '../../messages/matching.ts';

/** What is to know about a list of what a search found: that it is not all, or empty. */
export function foundNote(found: { shown: number; total: number } | undefined, failed: boolean): string | undefined {
  if (found === undefined) return failed ? t('listNotLoaded') : t('searching');
  if (found.total === 0) return NONE_FOUND;
  if (found.shown >= found.total) return undefined;
  return t('shownTypePartName', { shown: found.shown, total: found.total });
}
