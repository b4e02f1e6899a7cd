import { Injectable } from '@nestjs/common';
import type { Capabilities } from '@loopstart/contracts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { columnOf } from '../../core/fleet/columns.ts';
import { lineageOf, linesOf } from '../../core/fleet/lineage.ts';
import type { Bucket, Sample } from './assemble.ts';
import type { Range } from './resolution.ts';

/** The subject of measurements: a port (cells of arrays) or the gateway itself (plain columns). */
export interface Subject {
  gatewayId: string;
  position: number | null;
  measures: readonly string[];
}

type Cells = (number | null)[];

/** The columns of a subject as SQL over table `s` and layout `l`: one array of all measures. */
function cells(subject: Subject, suffix = ''): string {
  const ofPort = subject.position !== null;
  return subject.measures.map((measure) => `s.${columnOf(measure)}${suffix}${ofPort ? '[l.at]' : ''}`).join(', ');
}

/** The place of the port in the arrays of each revision; not needed for a gateway. */
function layout(subject: Subject): string {
  return subject.position === null
    ? ''
    : `join (select l.gateway_id, l.revision, array_position(l.positions, o."position") as at
         from gateway_layout l join ${linesOf('$1', String(Number(subject.position)))} o on o.gateway_id = l.gateway_id) l
       on l.gateway_id = s.gateway_id and l.revision = s.revision`;
}

/** Measurements over time, raw and rolled up. */
@Injectable()
export class SeriesRepository {
  constructor(private readonly db: Database) {}

  /** Capabilities of the gateway, where it (and the port, if one is given) exists; else null. */
  capabilities(scope: Scope, subject: Subject): Promise<Capabilities | null> {
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<{ capabilities: Capabilities }>(
        `select capabilities from gateway where id = $1
           and ($2::int is null or exists (select 1 from port p where p.gateway_id = $1 and p."position" = $2))`,
        [subject.gatewayId, subject.position],
      );
      return rows[0]?.capabilities ?? null;
    });
  }

  /** Readings in order of time. */
  samples(scope: Scope, subject: Subject, range: Range): Promise<Sample[]> {
    const carried = subject.measures.map((measure) => `s.${columnOf(measure)} is not null`).join(', ');
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<{ at: Date; values: Cells; carried: boolean[] }>(
        `select s.taken_at as at, array[${cells(subject)}]::float8[] as values, array[${carried}] as carried
         from gateway_sample s ${layout(subject)}
         where s.gateway_id = ${lineageOf('$1')} and s.taken_at >= $2 and s.taken_at < $3 order by s.taken_at`,
        [subject.gatewayId, new Date(range.fromMs), new Date(range.toMs)],
      );
      return rows.map((row) => ({
        atMs: row.at.getTime(),
        values: row.values.map((value, measure) => (row.carried[measure] === true ? value : undefined)),
      }));
    });
  }

  /** Hours of the range: rolled up, and after the last roll-up summed from the readings. */
  hours(scope: Scope, subject: Subject, range: Range): Promise<Bucket[]> {
    return this.db.tx(scope, async (sql) => {
      const rolled = await rolledUp(sql, 'gateway_hour', subject, range);
      return [...rolled, ...(await recentHours(sql, subject, range))];
    });
  }

  /** Days of the range that are rolled up. */
  days(scope: Scope, subject: Subject, range: Range): Promise<Bucket[]> {
    return this.db.tx(scope, (sql) => rolledUp(sql, 'gateway_day', subject, range));
  }
}

interface BucketRow {
  bucket: Date;
  min: Cells;
  avg: Cells;
  max: Cells;
}

async function rolledUp(
  sql: Sql,
  table: 'gateway_hour' | 'gateway_day',
  subject: Subject,
  range: Range,
): Promise<Bucket[]> {
  const unit = table === 'gateway_hour' ? 'hour' : 'day';
  const { rows } = await sql.query<BucketRow>(
    `select distinct on (s.bucket) s.bucket, array[${cells(subject, '_min')}]::float8[] as min, array[${cells(subject, '_avg')}]::float8[] as avg, array[${cells(subject, '_max')}]::float8[] as max
     from ${table} s ${layout(subject)}
     where s.gateway_id = ${lineageOf('$1')} and s.bucket >= date_trunc('${unit}', $2::timestamptz, 'UTC') and s.bucket < $3 order by s.bucket, s.gateway_id = $1 desc`,
    [subject.gatewayId, new Date(range.fromMs), new Date(range.toMs)],
  );
  return rows.map(toBucket);
}

async function recentHours(sql: Sql, subject: Subject, range: Range): Promise<Bucket[]> {
  const ofPort = subject.position !== null;
  const aggregate = (name: string) =>
    subject.measures.map((measure) => `${name}(s.${columnOf(measure)}${ofPort ? '[l.at]' : ''})`).join(', ');
  const { rows } = await sql.query<BucketRow>(
    `select date_trunc('hour', s.taken_at, 'UTC') as bucket, array[${aggregate('min')}]::float8[] as min, array[${aggregate('avg')}]::float8[] as avg,
       array[${aggregate('max')}]::float8[] as max
     from gateway_sample s ${layout(subject)}
     where s.gateway_id = ${lineageOf('$1')} and s.taken_at < $3
       and s.taken_at >= greatest(date_trunc('hour', $2::timestamptz, 'UTC'), (select max(h.bucket) + interval '1 hour' from gateway_hour h where h.gateway_id = $1))
     group by 1 order by 1`,
    [subject.gatewayId, new Date(range.fromMs), new Date(range.toMs)],
  );
  return rows.map(toBucket);
}

function toBucket(row: BucketRow): Bucket {
  return { atMs: row.bucket.getTime(), min: row.min, avg: row.avg, max: row.max };
}
