import type { Ownership } from '@loopstart/contracts';
import { type ObjectAct, operatorMay } from '@loopstart/domain';
import { t } from '../../messages/library.ts';

/** Why this cannot be done with an object, whatever rights the person has; null where ownership does not forbid it. */
export const lockedReason = ({ ownership }: Pick<Ownership, 'ownership'>, act: ObjectAct): string | null =>
  operatorMay(ownership, act) ? null : t('lockedReason');
