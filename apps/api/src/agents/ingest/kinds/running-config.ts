import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { RUNNING_CONFIG_BYTES_MAX, type RunningConfig } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import type { Secrets } from '../../../core/secret/secrets.ts';
import type { Received } from '../item.ts';
import type { MessageKindOf } from './message-kind.ts';

/** Configurations that were read during a job: kept sealed, the same content once. */
export const runningConfig = (secrets: Secrets): MessageKindOf<'running-config', Received<RunningConfig>[]> => ({
  kind: 'running-config',

  open: () => [],

  apply(message, _batch, rows, refusals) {
    const { gzipBase64 } = message.body;
    if (gzipBase64 !== null && textOf(gzipBase64) === null) refusals.add('invalid', 'the text is no gzip of its size');
    else rows.push(message);
  },

  async write(sql, rows, batch) {
    for (const message of rows) {
      if (await keep(sql, secrets, message)) continue;
      const { item, sender, body } = message;
      const detail = `job ${body.jobId} was never requested of this agent`;
      batch.reject(item, sender, { code: 'unknown-config-job', detail });
    }
  },
});

/** False where there is no such job of the gateway. */
async function keep(sql: Sql, secrets: Secrets, { body, sender }: Received<RunningConfig>): Promise<boolean> {
  const { gatewayId, jobId, fingerprint, gzipBase64 } = body;
  const { operatorId, siteId } = sender;
  const known = await sql.query(
    'select 1 from config_job j join gateway g on g.id = j.gateway_id where j.id = $1 and g.id = $2 and g.site_id = $3',
    [jobId, gatewayId, siteId],
  );
  if (known.rowCount === 0) return false;
  const readAt = new Date(body.readAt);
  const { rows } = await sql.query<{ id: string; fingerprint: string; text: Buffer | null }>(
    'select id, fingerprint, text from running_config where gateway_id = $1 order by last_read_at desc, id desc limit 1',
    [gatewayId],
  );
  const [newest] = rows;
  if (newest !== undefined && newest.fingerprint === fingerprint) {
    const place = { field: 'running_config.text', operatorId, row: { id: newest.id } } as const;
    const former = newest.text === null ? null : await secrets.open(place, newest.text);
    if (isSameText(former, gzipBase64)) {
      const sets = 'last_read_at = greatest(last_read_at, $2), job_id = $3, moment = $4, firmware = $5';
      const values = [newest.id, readAt, jobId, body.moment, body.firmware];
      await sql.query(`update running_config set ${sets} where id = $1`, values);
      return true;
    }
  }
  const id = randomUUID();
  const place = { field: 'running_config.text', operatorId, row: { id } } as const;
  await sql.query(
    `insert into running_config (id, operator_id, gateway_id, job_id, moment, format, fingerprint, firmware, bytes, text, first_read_at, last_read_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
    [
      id,
      operatorId,
      gatewayId,
      jobId,
      body.moment,
      body.format,
      fingerprint,
      body.firmware,
      body.bytes,
      gzipBase64 === null ? null : await secrets.seal(place, gzipBase64),
      readAt,
    ],
  );
  return true;
}

/** Two files of the same content may be compressed differently. */
function isSameText(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return a === b || textOf(a)!.equals(textOf(b)!);
}

/** Null where it is no gzip, or longer than any configuration. */
function textOf(gzipBase64: string): Buffer | null {
  try {
    return gunzipSync(Buffer.from(gzipBase64, 'base64'), { maxOutputLength: RUNNING_CONFIG_BYTES_MAX });
  } catch {
    return null;
  }
}
