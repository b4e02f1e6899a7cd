import { Injectable } from '@nestjs/common';
import type { Position } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchNeeds } from '../decide/batch-needs.ts';
import type { BatchWork } from '../decide/batch-work.ts';
import type { GatewayContext, Holding } from '../decide/gateway-access.ts';
import { MEASURED_COLUMNS, STATE_FIELDS } from '../decide/columns.ts';
import { foldMeasured, type SampleRow } from '../decide/samples.ts';
import type { StoredPort, WirePositions } from '../decide/port-numbers.ts';
import { type CurrentRow, type LaidPort, WorkingGateway } from '../decide/working-gateway.ts';
import { readCells } from '../rows/binary-values.ts';
import { type Encoders, RowEncoders } from './row-encoders.ts';

interface GatewayRow {
  id: string;
  operator_id: string;
  site_id: string;
  agent_id: string | null;
  holder_gone: boolean;
  revision: number;
  /** Ports that reports of the revision cover; more may be known. */
  listed: number;
  wire_positions: WirePositions | null;
}

/** The ports of a gateway in the order of the arrays, removed ones among them. */
interface PortsRow {
  id: string;
  ports: StoredPort[];
}

/** What does not change without an inventory; remembered for a minute. */
interface KnownGateway {
  operatorId: string;
  siteId: string;
  agentId: string | null;
  holderGone: boolean;
  revision: number;
  portCount: number;
  wirePositions: WirePositions | null;
  untilMs: number;
}

const REMEMBER_MS = 60_000;
const REMEMBERED_MAX = 100_000;

export interface LoadedGateways {
  gateways: Map<string, GatewayContext>;
  /** Every port, removed ones too, of gateways whose present was loaded with its ports. */
  ports: Map<string, readonly StoredPort[]>;
}

/** Streams, samples and the present: everything a plain report touches, in statements over whole batches. */
@Injectable()
export class TelemetryRepository {
  readonly #known = new Map<string, KnownGateway>();

  constructor(private readonly encoders: RowEncoders) {}

  /** What is committed of each agent's stream, locked until the end of the transaction; in one order for all. */
  async lockCursors(sql: Sql, agentIds: readonly string[]): Promise<Map<string, Position>> {
    const { rows } = await sql.query<{ agent_id: string; epoch: number; seq: number }>({
      name: 'ingest-lock-cursors',
      text: 'select agent_id, epoch, seq from agent_cursor where agent_id = any ($1::uuid[]) order by agent_id for update',
      values: [agentIds],
    });
    return new Map(rows.map((row) => [row.agent_id, [row.epoch, row.seq]]));
  }

  async moveCursors(sql: Sql, cursors: ReadonlyMap<string, Position>): Promise<void> {
    if (cursors.size === 0) return;
    const positions = [...cursors.values()];
    await sql.query({
      name: 'ingest-move-cursors',
      text: `update agent_cursor c set epoch = u.epoch, seq = u.seq
             from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as u (id, epoch, seq) where c.agent_id = u.id`,
      values: [[...cursors.keys()], positions.map(([epoch]) => epoch), positions.map(([, seq]) => seq)],
    });
  }

  /** What the batch needs to know of gateways. Of those in `withState` the present is loaded, and locked. */
  async load(sql: Sql, needs: BatchNeeds, nowMs: number): Promise<LoadedGateways> {
    const { ids, withState } = needs;
    const loaded: LoadedGateways = { gateways: new Map(), ports: new Map() };
    const unknown: string[] = [];
    for (const id of ids) {
      const known = withState.has(id) || needs.numbered.has(id) ? undefined : this.#known.get(id);
      const wanted = needs.revisions.get(id);
      const isOther = wanted !== undefined && wanted !== known?.revision;
      const sender = needs.senders.get(id);
      const isOtherSender = sender !== undefined && sender !== known?.agentId;
      if (known === undefined || known.untilMs <= nowMs || isOther || isOtherSender) unknown.push(id);
      else loaded.gateways.set(id, { ...known, working: null });
    }
    if (unknown.length === 0) return loaded;
    const current = await this.#lockCurrent(sql, [...withState]);
    const rows = await this.#gateways(sql, unknown);
    const ports = await this.#ports(sql, [...current.values()].filter(needs.needsPorts));
    for (const row of rows) {
      const present = current.get(row.id);
      const laid = ports.get(row.id) ?? [];
      loaded.gateways.set(row.id, {
        operatorId: row.operator_id,
        siteId: row.site_id,
        agentId: row.agent_id,
        holderGone: row.holder_gone,
        revision: row.revision,
        portCount: row.listed,
        wirePositions: row.wire_positions,
        working: present === undefined ? null : new WorkingGateway(present, row.site_id, laidOut(laid)),
      });
      loaded.ports.set(row.id, laid);
    }
    return loaded;
  }

  /** Remembers what a committed batch knew. */
  remember(gateways: ReadonlyMap<string, GatewayContext>, nowMs: number): void {
    if (this.#known.size + gateways.size > REMEMBERED_MAX) this.#known.clear();
    for (const [id, { working: _, ...gateway }] of gateways) {
      const known = this.#known.get(id);
      const { revision, agentId } = gateway;
      if (known === undefined || known.revision !== revision || known.agentId !== agentId || known.untilMs <= nowMs)
        this.#known.set(id, { ...gateway, untilMs: nowMs + REMEMBER_MS });
    }
  }

  /** What agents hold; those without a gateway are missing. */
  async holdings(sql: Sql, agentIds: readonly string[]): Promise<Map<string, Holding>> {
    if (agentIds.length === 0) return new Map();
    const { rows } = await sql.query<{ agent_id: string; gateways: number; ports: number }>(
      `select g.agent_id, count(*)::int as gateways, coalesce(sum(c.ports_total), 0)::int as ports
       from gateway g left join gateway_current c on c.gateway_id = g.id where g.agent_id = any ($1::uuid[]) group by g.agent_id`,
      [agentIds],
    );
    return new Map(rows.map(({ agent_id, gateways, ports }) => [agent_id, { gateways, ports }]));
  }

  /** Looks anew at gateways that an agent holds: they were handed over. */
  forgetHeldBy(agentId: string): void {
    for (const [id, known] of this.#known) if (known.agentId === agentId) this.#known.delete(id);
  }

  /** Which of these gateways exist, of any operator. */
  async existing(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const { rows } = await sql.query<{ id: string }>('select id from resolve_gateways($1::uuid[])', [ids]);
    return new Set(rows.map((row) => row.id));
  }

  /** Writes samples, the present and the history of states. */
  async write(sql: Sql, work: BatchWork): Promise<void> {
    const encoders = await this.encoders.get();
    await this.#writeMeasured(sql, work, encoders);
    await this.#writeUnchanged(sql, work);
    await this.#writeCurrent(sql, work, encoders);
    await this.#writeDueHours(sql, work);
  }

  async #gateways(sql: Sql, ids: readonly string[]): Promise<GatewayRow[]> {
    const { rows } = await sql.query<GatewayRow>({
      name: 'ingest-gateways',
      text: `select g.id, g.operator_id, g.site_id, g.agent_id, c.revision, coalesce(cardinality(l.positions), 0) as listed, g.wire_positions,
               coalesce(a.revoked_at is not null or a.certificate_expires_at < now(), true) as holder_gone
             from gateway g join gateway_current c on c.gateway_id = g.id left join agent a on a.id = g.agent_id
             left join gateway_layout l on l.gateway_id = g.id and l.revision = c.revision where g.id = any ($1::uuid[])`,
      values: [ids],
    });
    return rows;
  }

  async #lockCurrent(sql: Sql, ids: readonly string[]): Promise<Map<string, CurrentRow>> {
    if (ids.length === 0) return new Map();
    const { gateway_current: encoder } = await this.encoders.get();
    const { rows } = await sql.query<CurrentRow>({
      name: `ingest-lock-current-${encoder.columnNames.length}`,
      text: `select ${encoder.selectList} from gateway_current where gateway_id = any ($1::uuid[]) order by gateway_id for update`,
      values: [ids],
    });
    for (const row of rows)
      for (const field of STATE_FIELDS) {
        const bytes = row[field];
        if (bytes instanceof Uint8Array) row[field] = readCells(bytes);
      }
    return new Map(rows.map((row) => [row.gateway_id, row]));
  }

  /** Read after the present was locked: who changes what is plugged in counts anew under the same lock. */
  async #ports(sql: Sql, gateways: readonly CurrentRow[]): Promise<Map<string, readonly StoredPort[]>> {
    if (gateways.length === 0) return new Map();
    const { rows } = await sql.query<PortsRow>({
      name: 'ingest-ports',
      text: `select p.gateway_id as id, json_agg(json_build_object('position', p."position", 'key', p.key, 'portKey', p.port_key, 'kind', p.kind,
               'name', p.name, 'device', p.line_device_class, 'registered', p.registered_at is not null, 'removed', p.removed_at is not null) order by p.ordinal) as ports
             from unnest($1::uuid[], $2::uuid[]) as u (operator_id, gateway_id)
             join port p on p.operator_id = u.operator_id and p.gateway_id = u.gateway_id group by p.gateway_id`,
      values: [gateways.map((row) => row.operator_id), gateways.map((row) => row.gateway_id)],
    });
    return new Map(rows.map((row) => [row.id, row.ports]));
  }

  /**
   * One statement for samples and measurements of the present: the rows travel once. Rows that are only a sample come
   * first, then those that are both, then those that stand for several reports of one gateway.
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
    // A reading too old to be kept as a sample does not move the present either.
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

function laidOut(ports: readonly StoredPort[]): LaidPort[] {
  return ports.flatMap(({ position, device, registered, removed }) =>
    removed ? [] : [{ position, device, registered }],
  );
}
