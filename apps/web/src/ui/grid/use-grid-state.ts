'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { withFilters } from '../../lib/url/filters.ts';
import { type GridChange, type GridFilters, gridParameters, gridState, type GridState } from './model.ts';

/** The state of a grid, kept in the address: it can be sent to somebody, saved as a view, and gone back to. */
export function useGridState(filters: GridFilters): { state: GridState; set: (change: GridChange) => void } {
  const parameters = useSearchParams();
  const pathname = usePathname() ?? '/';
  const state = useMemo(() => gridState(filters, Object.fromEntries(parameters ?? [])), [filters, parameters]);
  const set = useCallback(
    (change: GridChange) => {
      const search = withFilters(new URLSearchParams(window.location.search), gridParameters(change));
      window.history.replaceState(null, '', pathname + search);
    },
    [pathname],
  );
  return { state, set };
}
