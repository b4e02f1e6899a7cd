'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import type { z } from 'zod';
import { parseFilters, withFilters } from './filters.ts';

/**
 * The URL as state. Changes replace the entry without asking the server, so that typing in a search
 * field neither reloads anything nor fills the history.
 */
export function useFilters<S extends z.ZodObject>(schema: S) {
  const parameters = useSearchParams();
  const pathname = usePathname() ?? '/';
  const filters = useMemo(() => parseFilters(schema, Object.fromEntries(parameters ?? [])), [schema, parameters]);
  const set = useCallback(
    (change: Partial<Record<keyof z.output<S> & string, string | undefined>>) => {
      const search = withFilters(new URLSearchParams(window.location.search), change as Record<string, string>);
      window.history.replaceState(null, '', pathname + search);
    },
    [pathname],
  );
  return { filters, set };
}
