import { ConfigChange, GatewayConfigFields } from '@loopstart/contracts';
import { z } from 'zod';
import type { Sql } from '../../core/db/database.ts';
import type { Secrets } from '../../core/secret/secrets.ts';

/** What a job writes, as it was reviewed: sealed in the database, sent when the job is due. */
export const JobPayload = z.object({
  changes: z.array(ConfigChange),
  /** Positions of ports that must be registered after the change. */
  mustRegister: z.array(z.int()),
  emergency: GatewayConfigFields.emergency,
  sipServer: GatewayConfigFields.sipServer,
  /** Keys of settings that a layer closed to all below it; jobs of before have none on record. */
  sealedKeys: z.array(z.string()).default([]),
});
export type JobPayload = z.infer<typeof JobPayload>;

export const sealPayload = (secrets: Secrets, operatorId: string, id: string, payload: JobPayload): Promise<Buffer> =>
  secrets.seal({ field: 'config_job.payload', operatorId, row: { id } }, JSON.stringify(payload));

export async function openPayload(
  secrets: Secrets,
  operatorId: string,
  id: string,
  sealed: Uint8Array,
): Promise<JobPayload> {
  const place = { field: 'config_job.payload', operatorId, row: { id } } as const;
  return JobPayload.parse(JSON.parse(await secrets.open(place, sealed)));
}

/** Secrets that were shown to be on gateways, by key: those of the newest confirmed job of each. */
export async function writtenSecrets(
  sql: Sql,
  secrets: Secrets,
  operatorId: string,
  gatewayIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const { rows } = await sql.query<{ id: string; gatewayId: string; payload: Buffer }>(
    `select distinct on (gateway_id) id, gateway_id as "gatewayId", payload from config_job
     where gateway_id = any ($1) and purpose = 'apply' and state = 'confirmed' order by gateway_id, since desc`,
    [gatewayIds],
  );
  const found = new Map<string, Map<string, string>>();
  for (const { id, gatewayId, payload } of rows) {
    const { changes } = await openPayload(secrets, operatorId, id, payload);
    const values = changes.flatMap((change): [string, string][] =>
      change.kind === 'set' && change.secret === true ? [[change.key, change.value]] : [],
    );
    found.set(gatewayId, new Map(values));
  }
  return found;
}
