import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchNeeds } from '../decide/batch-needs.ts';
import { STATE_FIELDS } from '../decide/columns.ts';
import type { GatewayContext, Holding } from '../decide/gateway-access.ts';
import type { StoredPort, WirePositions } from '../decide/port-numbers.ts';
import { type CurrentRow, type LaidPort, WorkingGateway } from '../decide/working-gateway.ts';
import { readCells } from '../rows/binary-values.ts';
import { RowEncoders } from './row-encoders.ts';

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

/** Facts that only an inventory changes; cached for a minute. */
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

/** Loads the facts of gateways that a batch needs: their owner, their present and their ports. */
@Injectable()
export class GatewayContextRepository {
  readonly #known = new Map<string, KnownGateway>();

  constructor(private readonly encoders: RowEncoders) {}

  /** The facts of gateways that the batch needs. Of those in `withState` the present is loaded, and locked. */
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

  /** Caches the facts of a committed batch. */
  remember(gateways: ReadonlyMap<string, GatewayContext>, nowMs: number): void {
    if (this.#known.size + gateways.size > REMEMBERED_MAX) this.#known.clear();
    for (const [id, { working: _, ...gateway }] of gateways) {
      const known = this.#known.get(id);
      const { revision, agentId } = gateway;
      if (known === undefined || known.revision !== revision || known.agentId !== agentId || known.untilMs <= nowMs)
        this.#known.set(id, { ...gateway, untilMs: nowMs + REMEMBER_MS });
    }
  }

  /** The totals of agents; agents without a gateway are missing. */
  async holdings(sql: Sql, agentIds: readonly string[]): Promise<Map<string, Holding>> {
    if (agentIds.length === 0) return new Map();
    const { rows } = await sql.query<{ agent_id: string; gateways: number; ports: number }>(
      `select g.agent_id, count(*)::int as gateways, coalesce(sum(c.ports_total), 0)::int as ports
       from gateway g left join gateway_current c on c.gateway_id = g.id where g.agent_id = any ($1::uuid[]) group by g.agent_id`,
      [agentIds],
    );
    return new Map(rows.map(({ agent_id, gateways, ports }) => [agent_id, { gateways, ports }]));
  }

  /** Reloads the gateways that an agent holds: they were handed over. */
  forgetHeldBy(agentId: string): void {
    for (const [id, known] of this.#known) if (known.agentId === agentId) this.#known.delete(id);
  }

  /** Which of these gateways exist, of any operator. */
  async existing(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const { rows } = await sql.query<{ id: string }>('select id from resolve_gateways($1::uuid[])', [ids]);
    return new Set(rows.map((row) => row.id));
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

  /** Read after the present was locked: a change of a device counts ports again under the same lock. */
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
}

function laidOut(ports: readonly StoredPort[]): LaidPort[] {
  return ports.flatMap(({ position, device, registered, removed }) =>
    removed ? [] : [{ position, device, registered }],
  );
}
