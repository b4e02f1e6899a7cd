import {
  type ApplyReasonCode,
  type ApplyVerdict,
  type ConfigurationFacts,
  type GraveKey,
  HARMLESS_ENDS,
} from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';

/** Keys of a drift that an alert names. */
const NAMED_KEYS = 5;

export const NO_CONFIGURATION: ConfigurationFacts = { change: null, drift: null };

interface ChangeRow {
  gatewayId: string;
  state: 'failed' | 'reverted';
  since: Date;
  reason: ApplyReasonCode | null;
  detail: string | null;
  verdict: ApplyVerdict | null;
}

interface DriftRow {
  gatewayId: string;
  foundAt: Date;
  keys: number;
  first: string[];
  grave: GraveKey[];
}

/**
 * What is wrong with the configuration of these gateways, by gateway; null: of all. A change that a person withdrew or replaced, and one that
 * was never sent in its time, says nothing of the gateway.
 */
export async function configurationFacts(
  sql: Sql,
  now: Date,
  gatewayIds: readonly string[] | null = null,
): Promise<Map<string, ConfigurationFacts>> {
  const { rows: changes } = await sql.query<ChangeRow>(
    `select * from (select distinct on (gateway_id) gateway_id as "gatewayId", state, since, reason, detail, verdict from config_job
       where purpose = 'apply' and state in ('confirmed', 'reverted', 'failed') and not (coalesce(reason, '') = any ($1))
         and ($2::uuid[] is null or gateway_id = any ($2)) order by gateway_id, since desc) j where state <> 'confirmed'`,
    [[...HARMLESS_ENDS], gatewayIds],
  );
  const { rows: drifts } = await sql.query<DriftRow>(
    `select gateway_id as "gatewayId", found_at as "foundAt", keys_total as keys, grave_keys as grave,
       coalesce((select json_agg(k.key ->> 'key') from (select key from jsonb_array_elements(f.keys) as key limit $2) k), '[]') as first
     from config_drift f where (state = 'open' or (state = 'ignored' and until <= $1)) and ($3::uuid[] is null or gateway_id = any ($3))`,
    [now, NAMED_KEYS, gatewayIds],
  );
  const found = new Map<string, ConfigurationFacts>();
  for (const { gatewayId, state: end, since, reason, detail, verdict } of changes)
    found.set(gatewayId, { change: { end, at: since.getTime(), reason, detail, verdict }, drift: null });
  for (const { gatewayId, foundAt, keys, first, grave } of drifts)
    found.set(gatewayId, {
      change: found.get(gatewayId)?.change ?? null,
      drift: { at: foundAt.getTime(), keys, first, grave },
    });
  return found;
}
