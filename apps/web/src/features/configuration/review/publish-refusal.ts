import type { ConfigDraft, ConfigReview } from '@loopstart/contracts';
import { t } from '../../../messages/configuration.ts';

/** Why a draft cannot be published now; null where it can. What is not known yet cannot be published. */
export function publishRefusal(draft: Pick<ConfigDraft, 'edits'>, review: ConfigReview | undefined): string | null {
  if (draft.edits === 0) return t('nothingToPublish');
  if (review === undefined) return t('reviewNotReady');
  const blocks = review.checksFailed.filter(({ effect }) => effect === 'blocks');
  if (blocks.length > 0) return t('blockedBy', { count: blocks.reduce((sum, { count }) => sum + count, 0) });
  return null;
}
