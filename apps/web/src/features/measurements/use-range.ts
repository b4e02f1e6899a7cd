'use client';

import { useMemo } from 'react';
import { useNow } from '../../lib/clock/now.tsx';
import { useFilters } from '../../lib/url/use-filters.ts';
import { type Range, rangeEnds, RangeFilter, rangeStepMs } from './range.ts';

/** The range chosen on this page and its ends, which move on with the clock. */
export function useRange() {
  const { filters, set } = useFilters(RangeFilter);
  const range: Range = filters.range ?? '24h';
  const nowMs = useNow(rangeStepMs(range));
  const ends = useMemo(() => rangeEnds(range, nowMs), [range, nowMs]);
  return { range, ...ends, setRange: (next: Range) => set({ range: next === '24h' ? undefined : next }) };
}
