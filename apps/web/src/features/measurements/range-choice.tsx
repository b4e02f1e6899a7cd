'use client';

import { Segmented } from '../../ui/segmented.tsx';
import { type Range, RANGES } from './range.ts';

const OPTIONS = RANGES.map((range) => [range, range] as const);

export function RangeChoice({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  return <Segmented label="Time range" value={range} options={OPTIONS} onChange={onChange} />;
}
