import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchWork } from '../decide/batch-work.ts';
import { MEASURED_COLUMNS } from '../decide/columns.ts';
import { foldMeasured, type SampleRow } from '../decide/samples.ts';
import type { WorkingGateway } from '../decide/working-gateway.ts';
import { type Encoders, RowEncoders } from './row-encoders.ts';

/** Writes samples, the present of gateways and the history of their states, in statements over whole batches. */
@Injectable()
export class TelemetryRepository {
  constructor(private readonly encoders: RowEncoders) {}

  /** Writes samples, the present and the history of states. */
  async write(sql: Sql, work: BatchWork): Promise<void> {
    const encoders = await this.encoders.get();
    await this.#writeMeasured(sql, work, encoders);
    await this.#writeUnchanged(sql, work);
    await this.#writeCurrent(sql, work, encoders);
    await this.#writeDueHours(sql, work);
  }

  /**
   * One statement for samples and measurements of the present: the rows are sent once. Rows that are only a sample come
   * first, then those that are both, then those that combine several reports of one gateway.
   */
  async #writeMeasured(sql: Sql, work: BatchWork, encoders: Encoders): Promise<void> {
    const both: SampleRow[] = [];
    const folded: SampleRow[] = [];
    for (const rows of work.measured.values()) {
      if (rows.length === 1) both.push(rows[0]!);
      else folded.push(foldMeasured(rows));
    }
    const bothSet = new Set(both);
    const stored = new Set(work.samples);
    const sampleOnly = work.samples.filter((row) => !bothSet.has(row));
    // A reading too old to be kept as a sample does not change the present either.
    const sampled = both.filter((row) => stored.has(row));
    const rows = [...sampleOnly, ...sampled, ...folded];
    if (rows.length === 0) return;
    const columns = encoders.gateway_sample.columnNames.join(', ');
    await sql.query({
      name: `ingest-measured-${encoders.gateway_sample.columnNames.length}`,
      text: `with v as materialized (select * from unnest($1::gateway_sample[]) with ordinality),
               sampled as (
                 insert into gateway_sample (${columns}) select ${columns} from v where ordinality <= $2 on conflict do nothing)
             update gateway_current c set observed_at = v.taken_at, received_at = v.received_at, reachability = 'reachable', unreachable_reason = null, unreachable_code = null,
               reachability_at = case when c.reachability = 'reachable' then c.reachability_at else v.taken_at end,
               ${MEASURED_COLUMNS.map((column) => `${column} = coalesce(v.${column}, c.${column})`).join(', ')}
             from v where c.gateway_id = v.gateway_id and v.ordinality > $3 and c.revision = v.revision
               and (c.observed_at is null or c.observed_at <= v.taken_at)`,
      values: [encoders.gateway_sample.encode(rows), sampleOnly.length + sampled.length, sampleOnly.length],
    });
  }

  async #writeUnchanged(sql: Sql, work: BatchWork): Promise<void> {
    if (work.unchanged.size === 0) return;
    const times = [...work.unchanged.values()];
    await sql.query({
      name: 'ingest-unchanged',
      text: `update gateway_current c set observed_at = u.at, received_at = u.received_at, reachability = 'reachable', unreachable_reason = null, unreachable_code = null,
               reachability_at = case when c.reachability = 'reachable' then c.reachability_at else u.at end
             from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as u (id, at, received_at)
             where c.gateway_id = u.id and (c.observed_at is null or c.observed_at <= u.at)`,
      values: [
        [...work.unchanged.keys()],
        times.map(({ at }) => new Date(at)),
        times.map(({ receivedAt }) => new Date(receivedAt)),
      ],
    });
  }

  async #writeCurrent(sql: Sql, work: BatchWork, encoders: Encoders): Promise<void> {
    const { working } = work;
    if (working.length === 0) return;
    for (const gateway of working) gateway.finish();
    const names = encoders.gateway_current.columnNames.filter(
      (name) => name !== 'gateway_id' && name !== 'operator_id',
    );
    await sql.query({
      name: `ingest-current-${names.length}`,
      text: `update gateway_current c set ${names.map((name) => `${name} = v.${name}`).join(', ')}
             from unnest($1::gateway_current[]) as v where c.gateway_id = v.gateway_id`,
      values: [encoders.gateway_current.encode(working.map((gateway) => gateway.row))],
    });
    await this.#writeFirstRegistered(sql, working);
    const changes = working.flatMap((gateway) => gateway.stateChanges);
    if (changes.length === 0) return;
    await sql.query({
      name: 'ingest-state-changes',
      text: 'insert into port_state_change select * from unnest($1::port_state_change[]) on conflict do nothing',
      values: [encoders.port_state_change.encode(changes)],
    });
  }

  /** Once in the life of a line. */
  async #writeFirstRegistered(sql: Sql, working: readonly WorkingGateway[]): Promise<void> {
    const first = working.flatMap(({ row, firstRegistered }) =>
      [...firstRegistered].map(([position, at]) => ({ row, position, at: new Date(at) })),
    );
    if (first.length === 0) return;
    await sql.query({
      name: 'ingest-first-registered',
      text: `update port p set registered_at = u.at from unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[]) as u (operator_id, gateway_id, "position", at)
             where p.operator_id = u.operator_id and p.gateway_id = u.gateway_id and p."position" = u."position" and p.registered_at is null`,
      values: [
        first.map(({ row }) => row.operator_id),
        first.map(({ row }) => row.gateway_id),
        first.map(({ position }) => position),
        first.map(({ at }) => at),
      ],
    });
  }

  async #writeDueHours(sql: Sql, work: BatchWork): Promise<void> {
    if (work.dueHours.size === 0) return;
    const due = [...work.dueHours.values()];
    await sql.query({
      name: 'ingest-due-hours',
      text: `insert into rollup_due (operator_id, grain, bucket)
             select u.operator_id, 'hour', u.bucket from unnest($1::uuid[], $2::timestamptz[]) as u (operator_id, bucket) on conflict do nothing`,
      values: [due.map(({ operatorId }) => operatorId), due.map(({ bucket }) => new Date(bucket))],
    });
  }
}
