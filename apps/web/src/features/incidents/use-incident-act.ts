'use client';

import type { IncidentSummary } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Told, tell } from '../../lib/errors/sentences.ts';
import { applyToCache } from '../../lib/live/apply-to-cache.ts';

/**
 * Does something with one incident and shows what came of it everywhere at once. Resolves to whether it went
 * well; what went wrong is in `failure` until the next try.
 */
export function useIncidentAct() {
  const client = useQueryClient();
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState<Told | null>(null);

  const act = async (what: string, ask: () => Promise<IncidentSummary>): Promise<IncidentSummary | null> => {
    setPending(what);
    setFailure(null);
    try {
      const incident = await ask();
      applyToCache(
        client,
        { type: 'incident', incident },
        (entry) => void client.invalidateQueries({ queryKey: entry.queryKey, exact: true }),
      );
      return incident;
    } catch (error) {
      setFailure(tell(error));
      return null;
    } finally {
      setPending(null);
    }
  };

  return { act, pending, failure, forget: () => setFailure(null) };
}
