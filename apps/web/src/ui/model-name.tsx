'use client';

import type { GatewaySummary } from '@loopstart/contracts';
import { modelWords } from '../lib/words/model.ts';
import { t } from '../messages/states.ts';
import { Hint } from './hint.tsx';

/** The model of a gateway in a cell; where it is not known, that it is not, with the reason as a hint. */
export function ModelName({ of: gateway }: { of: Pick<GatewaySummary, 'model' | 'modelReason'> }) {
  if (gateway.model !== null) return gateway.model;
  const why = modelWords(gateway);
  return (
    <Hint text={why}>
      <span className="text-ink-3">
        <span aria-hidden="true">{t('modelNotKnown')}</span>
        <span className="sr-only">{why}</span>
      </span>
    </Hint>
  );
}
