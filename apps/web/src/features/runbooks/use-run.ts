'use client';

import { endpoints, type RunbookRun } from '@loopstart/contracts';
import type { Symptom } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { query } from '../../lib/api/query.ts';
import { tell, type Told } from '../../lib/errors/sentences.ts';
import { uuid } from '../../lib/uuid.ts';

const WATCH_MS = 1000;

export interface Line {
  gatewayId: string;
  position: number;
  incidentId?: string;
}

/** Runs on one line, newest first; asked again each second while one gathers its evidence. */
export function useRuns({ gatewayId, position }: Line) {
  return useQuery({
    ...query('listRunbooks', { query: { gatewayId, position, limit: 10 } }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((run) => run.state === 'gathering') === true ? WATCH_MS : false,
  });
}

/** One run, so that it is ended on the server once its line test is over. */
export function useRun(run: RunbookRun) {
  return useQuery({
    ...query('getRunbook', { params: { runId: run.id } }),
    initialData: run,
    refetchInterval: ({ state }) => (state.data?.state === 'gathering' ? WATCH_MS : false),
  });
}

/** Starts a run. One key is kept until the answer is known, so that a broken connection cannot start two. */
export function useStartRun({ gatewayId, position, incidentId }: Line) {
  const client = useQueryClient();
  const [key, setKey] = useState(uuid);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Told | null>(null);
  const start = async (symptom: Symptom, lifeSafetyConfirmed: boolean): Promise<RunbookRun | null> => {
    setPending(true);
    setFailure(null);
    try {
      const run = await call(endpoints.startRunbook, {
        params: { gatewayId, position },
        body: { symptom, lifeSafetyConfirmed, incidentId: incidentId ?? null, idempotencyKey: key },
      });
      setKey(uuid());
      await client.invalidateQueries({ queryKey: ['listRunbooks'] });
      return run;
    } catch (error) {
      const told = tell(error);
      if (!told.retryable) setKey(uuid());
      setFailure(told);
      return null;
    } finally {
      setPending(false);
    }
  };
  return { start, pending, failure };
}
