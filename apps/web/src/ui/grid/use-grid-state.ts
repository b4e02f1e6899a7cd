'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo, useState } from 'react';
import { withFilters } from '../../lib/url/filters.ts';
import { type GridChange, type GridFilters, gridParameters, gridState, type GridState } from './model.ts';

/** The state of a grid, kept in the address: it can be sent to somebody, saved as a view, and gone back to. */
export function useGridState(filters: GridFilters): { state: GridState; set: (change: GridChange) => void } {
  const parameters = useSearchParams();
  const pathname = usePathname() ?? '/';
  const known = parameters?.toString() ?? '';
  // The router learns of a change in a transition, later than a box that is ticked has to show it.
  const [written, setWritten] = useState<{ over: string; search: string } | null>(null);
  if (written !== null && written.over !== known) setWritten(null);
  const search = written?.over === known ? written.search : known;
  const state = useMemo(() => gridState(filters, Object.fromEntries(new URLSearchParams(search))), [filters, search]);
  const set = useCallback(
    (change: GridChange) => {
      const search = withFilters(new URLSearchParams(window.location.search), gridParameters(change));
      window.history.replaceState(null, '', pathname + search);
      setWritten({ over: known, search });
    },
    [pathname, known],
  );
  return { state, set };
}
