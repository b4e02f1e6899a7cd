import type { GatewaySummary } from '@loopstart/contracts';
import { freshness, type Severity } from '@loopstart/domain';
import { t } from '../../messages/gateways.ts';

interface GatewayState {
  severity: Severity;
  words: string;
}

/** Whether a gateway can be read, in words. Silence of its agent is unknown, not down. */
export function gatewayState(gateway: Pick<GatewaySummary, 'reachability' | 'freshness'>): GatewayState {
  if (gateway.reachability === 'unreachable') return { severity: 'major', words: t('unreachable') };
  if (gateway.freshness === 'never') return { severity: 'unknown', words: t('notReadYet') };
  if (gateway.reachability === 'unknown') return { severity: 'unknown', words: t('unknown') };
  if (gateway.freshness === 'stale') return { severity: 'unknown', words: t('oldReading') };
  return { severity: 'ok', words: t('reachable') };
}

/**
 * A gateway as it is to be shown at `nowMs`: a page that stayed open while news stopped must not go on
 * showing old readings as if they were new.
 */
export function aged<
  G extends Pick<GatewaySummary, 'freshness' | 'observedAt'> & {
    pollIntervalMs: number;
    portList: { severity: Severity }[];
  },
>(gateway: G, nowMs: number): G {
  if (gateway.freshness !== 'live' || gateway.observedAt === null) return gateway;
  if (freshness(Date.parse(gateway.observedAt), gateway.pollIntervalMs, nowMs) === 'live') return gateway;
  return {
    ...gateway,
    freshness: 'stale',
    portList: gateway.portList.map((port) => ({ ...port, severity: 'unknown' as const })),
  };
}
