'use client';

import { Segmented } from '../../ui/segmented.tsx';
import { type Range, RANGES } from './range.ts';
import { t } from '../../messages/measurements.ts';

const OPTIONS = RANGES.map((range) => [range, range] as const);

export function RangeChoice({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  return <Segmented label={t('timeRange')} value={range} options={OPTIONS} onChange={onChange} />;
}
