import type { GatewayMeasures } from '@loopstart/contracts';
import { GATEWAY_MEASURES, GATEWAY_MEASURE_NAMES, type GatewayMeasure, type NullReason } from '@loopstart/domain';
import { misunderstood, valuesOf } from './answers.ts';
import { seconds } from './codecs.ts';
import type { NullLedger } from './nulls.ts';
import type { GatewaySlice } from './slices/gateway.ts';
import type { Answers, MeasureSource } from './source.ts';
import { SYS_UP_TIME } from './standard.ts';

const UPTIME: MeasureSource = { oid: SYS_UP_TIME, object: 'sysUpTime', codec: seconds };

/** The sources of a gateway measure; every gateway has sysUpTime. */
export function gatewaySources(gateway: GatewaySlice, measure: GatewayMeasure): readonly MeasureSource[] | undefined {
  return gateway.measures?.[measure] ?? (measure === 'uptimeS' ? [UPTIME] : undefined);
}

/** The gateway's measurements of itself. */
export function gatewayMeasures(
  gateway: GatewaySlice,
  answers: Answers,
  ledger: NullLedger,
): Required<GatewayMeasures> {
  const cells = {} as Record<GatewayMeasure, number | null>;
  for (const measure of GATEWAY_MEASURE_NAMES) {
    const bounds = GATEWAY_MEASURES[measure];
    const resolver = gateway.resolvers?.find((candidate) => candidate.measure === measure);
    const sources = gatewaySources(gateway, measure);
    let found: number | NullReason;
    if (resolver !== undefined) {
      const value = resolver.decode(answers);
      found = value === undefined ? 'not-answered' : value === null ? 'invalid-value' : value;
    } else {
      found = sources === undefined ? 'not-supported' : readMeasure(sources, answers, ledger);
    }
    if (typeof found === 'number' && !(found >= bounds.min && found <= bounds.max)) found = 'invalid-value';
    cells[measure] = typeof found === 'number' ? found : null;
    if (typeof found === 'string') ledger.all(measure, found);
  }
  return cells;
}

function readMeasure(sources: readonly MeasureSource[], answers: Answers, ledger: NullLedger): number | NullReason {
  let reason: NullReason = 'not-answered';
  for (const source of sources) {
    let folded: number | undefined;
    for (const [oid, value] of valuesOf(source, answers)) {
      const decoded = source.codec.decode(value);
      if (decoded === undefined) {
        reason = 'invalid-value';
        ledger.problem(oid, misunderstood(source, value));
      } else if (decoded === null) {
        if (reason === 'not-answered') reason = 'not-applicable';
      } else if (folded === undefined) folded = decoded;
      else if (source.fold === 'max') folded = Math.max(folded, decoded);
      else if (source.fold === 'sum') folded += decoded;
    }
    if (folded !== undefined) return folded;
  }
  return reason;
}
