import type { GatewaySummary } from '@loopstart/contracts';
import { t } from '../../messages/states.ts';

type OfModel = Pick<GatewaySummary, 'vendor' | 'model' | 'modelReason'>;

const REASON_WORDS = t.group('modelReason');

const reasonWords = ({ modelReason }: Pick<OfModel, 'modelReason'>): string =>
  modelReason === null ? t('noReasonGiven') : REASON_WORDS[modelReason];

/** What a gateway is. */
export const vendorAndModel = ({ vendor, model }: OfModel): string =>
  model === null ? t('vendorModelNotKnown', { vendor }) : `${vendor} ${model}`;

/** The same where there is room for the reason. */
export const vendorAndModelWithReason = (gateway: OfModel): string =>
  gateway.model === null
    ? t('vendorModelNotKnownBecause', { vendor: gateway.vendor, why: reasonWords(gateway) })
    : vendorAndModel(gateway);

/** The model alone, or that it is not known and why. */
export const modelWords = (gateway: Pick<OfModel, 'model' | 'modelReason'>): string =>
  gateway.model ?? t('modelNotKnownBecause', { why: reasonWords(gateway) });
