'use client';

import type { Gateway } from '@loopstart/contracts';
import { useMemo } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { aged } from './gateway-state.ts';
import { gatewayQuery } from './queries.ts';

const STEP_MS = 5000;
const RENEW_MS = 20_000;

/**
 * One gateway with its ports, as it may be shown now: readings that grew old while the page was open are
 * old. A poll that changed nothing makes no live event, so the time of the last reading is asked for.
 */
export function useGateway(gatewayId: string): {
  gateway: Gateway | undefined;
  error: Error | null;
  retry: () => unknown;
} {
  const result = useQuery({ ...gatewayQuery(gatewayId), refetchInterval: RENEW_MS });
  const nowMs = useNow(STEP_MS);
  const { data } = result;
  const gateway = useMemo(() => (data === undefined ? undefined : aged(data, nowMs)), [data, nowMs]);
  return { gateway, error: result.error, retry: result.refetch };
}
