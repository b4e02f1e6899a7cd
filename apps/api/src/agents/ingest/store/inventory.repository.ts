import { Injectable } from '@nestjs/common';
import { type Inventory, withKnownModel } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import type { WirePositions } from '../decide/port-numbers.ts';
import type { Sender } from '../item.ts';

interface Sent {
  body: Inventory;
  sender: Sender;
  wirePositions: WirePositions | null;
  item: { receivedAtMs: number };
}

/** Writes gateways and their ports as agents found them. What operators entered for a port is never overwritten. */
@Injectable()
export class InventoryRepository {
  /**
   * Writes a batch of inventories, in order; of one gateway the last counts, and each stores its port order. `portsOf`:
   * the ports of a gateway in the order of its arrays, as decided; all others are removed.
   */
  async write(
    sql: Sql,
    inventories: readonly Sent[],
    portsOf: (gatewayId: string) => readonly number[],
  ): Promise<void> {
    if (inventories.length === 0) return;
    const last = new Map(inventories.map((sent) => [sent.body.gatewayId.toLowerCase(), sent]));
    const gateways = JSON.stringify([...last].map(([id, sent]) => gatewayRow(id, sent)));
    await this.#gateways(sql, gateways);
    await this.#places(sql, gateways);
    await this.#ports(sql, last, portsOf);
    await this.#layouts(sql, inventories);
    await sql.query(
      `insert into gateway_current (gateway_id, operator_id, revision)
       select i.id, i.operator_id, i.inventory_revision from jsonb_to_recordset($1) as i (id uuid, operator_id uuid, inventory_revision integer)
       on conflict (gateway_id) do nothing`,
      [gateways],
    );
  }

  async #gateways(sql: Sql, rows: string): Promise<void> {
    const changing = COLUMNS.filter(([name]) => !FIXED.has(name)).map(([name]) => name);
    const names = COLUMNS.map(([name]) => name).join(', ');
    await sql.query(
      `insert into gateway (${names}, first_seen_at) select ${names}, inventory_at
       from jsonb_to_recordset($1) as i (${COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ')})
       on conflict (id) do update set ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      [rows],
    );
  }

  /** Other effects of an inventory: the gateway is read again, its target exists again, another gateway replaces it. */
  async #places(sql: Sql, rows: string): Promise<void> {
    const reported =
      'jsonb_to_recordset($1) as i (id uuid, operator_id uuid, site_id uuid, former_id uuid, inventory_at timestamptz)';
    await sql.query(
      `update gateway g set displaced_by = null, displaced_at = null,
         target_removed_at = case when exists (select from agent_target t where t.agent_id = g.agent_id and target_covers(t.address, g.address)) then null else g.target_removed_at end
       from ${reported} where g.id = i.id and (g.displaced_by is not null or g.target_removed_at is not null)`,
      [rows],
    );
    await sql.query(
      `update gateway g set displaced_by = i.id, displaced_at = i.inventory_at
       from ${reported} where g.id = i.former_id and g.operator_id = i.operator_id and g.site_id = i.site_id and g.retired_at is null
         and g.displaced_by is distinct from i.id and g.inventory_at <= i.inventory_at
         and not exists (select from gateway n where n.id = i.id and n.retired_at is not null)`,
      [rows],
    );
  }

  async #ports(
    sql: Sql,
    last: ReadonlyMap<string, Sent>,
    portsOf: (gatewayId: string) => readonly number[],
  ): Promise<void> {
    const rows = JSON.stringify([...last].flatMap(([id, sent]) => portRows(id, sent)));
    const changing = PORT_COLUMNS.filter(([name]) => !PORT_KEY.has(name)).map(([name]) => name);
    const names = PORT_COLUMNS.map(([name]) => name).join(', ');
    const recordset = `jsonb_to_recordset($1) as i (${PORT_COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ')})`;
    await sql.query(
      `insert into port (${names}) select ${names} from ${recordset}
       on conflict (operator_id, gateway_id, "position") do update set ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}, removed_at = null`,
      [rows],
    );
    await sql.query(
      `update port p set ordinal = coalesce(array_position(i.positions, p."position") - 1, p.ordinal),
         removed_at = case when p."position" <> all (i.positions) then now() end
       from jsonb_to_recordset($1) as i (operator_id uuid, gateway_id uuid, positions integer[])
       where p.operator_id = i.operator_id and p.gateway_id = i.gateway_id and p.removed_at is null
         and (p."position" <> all (i.positions) or p.ordinal <> array_position(i.positions, p."position") - 1)`,
      [
        JSON.stringify(
          [...last].map(([id, { sender }]) => ({
            operator_id: sender.operatorId,
            gateway_id: id,
            positions: portsOf(id),
          })),
        ),
      ],
    );
  }

  async #layouts(sql: Sql, inventories: readonly Sent[]): Promise<void> {
    const layouts = new Map(
      inventories.map((sent) => [`${sent.body.gatewayId}/${sent.body.revision}`, layoutRow(sent.body.gatewayId, sent)]),
    );
    await sql.query(
      `insert into gateway_layout (operator_id, gateway_id, revision, positions) select * from jsonb_to_recordset($1)
         as i (operator_id uuid, gateway_id uuid, revision integer, positions integer[])
       on conflict (gateway_id, revision) do update set positions = excluded.positions`,
      [JSON.stringify([...layouts.values()])],
    );
  }
}

/** Constant properties of a gateway, by column. */
const FIXED: ReadonlySet<string> = new Set(['id', 'operator_id', 'site_id']);
const COLUMNS = [
  ['id', 'uuid'],
  ['operator_id', 'uuid'],
  ['site_id', 'uuid'],
  ['agent_id', 'uuid'],
  ['inventory_revision', 'integer'],
  ['address', 'text'],
  ['driver_id', 'text'],
  ['driver_revision', 'integer'],
  ['evidence', 'text'],
  ['unknown_hardware', 'boolean'],
  ['poll_interval_ms', 'integer'],
  ['vendor', 'text'],
  ['model', 'text'],
  ['model_reason', 'text'],
  ['firmware', 'text'],
  ['hardware_revision', 'text'],
  ['serial', 'text'],
  ['mac_address', 'text'],
  ['sys_name', 'text'],
  ['sys_descr', 'text'],
  ['sys_object_id', 'text'],
  ['power_source', 'text'],
  ['sip_server', 'text'],
  ['engine_id', 'text'],
  ['identity', 'jsonb'],
  ['wire_positions', 'jsonb'],
  ['capabilities', 'jsonb'],
  ['actions', 'text[]'],
  ['idle_evidence', 'text'],
  ['can_write', 'boolean'],
  ['inventory_at', 'timestamptz'],
] as const;

const PORT_KEY: ReadonlySet<string> = new Set(['operator_id', 'gateway_id', '"position"']);
const PORT_COLUMNS = [
  ['operator_id', 'uuid'],
  ['gateway_id', 'uuid'],
  ['"position"', 'integer'],
  ['ordinal', 'integer'],
  ['key', 'text'],
  ['port_key', 'text'],
  ['kind', 'text'],
  ['name', 'text'],
  ['reported_number', 'text'],
  ['signalling', 'text'],
  ['impedance', 'text'],
  ['country_profile', 'text'],
  ['codecs', 'text[]'],
  ['t38', 'boolean'],
] as const;

function layoutRow(gatewayId: string, { body, sender }: Sent) {
  return {
    operator_id: sender.operatorId,
    gateway_id: gatewayId,
    revision: body.revision,
    positions: body.ports.map((port) => port.position),
  };
}

function gatewayRow(id: string, { body, sender, wirePositions, item }: Sent) {
  const gateway = withKnownModel(body.gateway);
  return {
    id,
    operator_id: sender.operatorId,
    site_id: sender.siteId,
    agent_id: sender.agentId,
    inventory_revision: body.revision,
    address: body.address,
    driver_id: body.driverId,
    driver_revision: body.driverRevision,
    evidence: body.evidence,
    unknown_hardware: body.unknownHardware,
    poll_interval_ms: body.pollIntervalMs,
    vendor: gateway.vendor,
    model: gateway.model,
    model_reason: gateway.modelReason,
    firmware: gateway.firmware,
    hardware_revision: gateway.hardwareRevision,
    serial: gateway.serial,
    mac_address: gateway.macAddress,
    sys_name: gateway.sysName,
    sys_descr: gateway.sysDescr,
    sys_object_id: gateway.sysObjectId,
    power_source: gateway.powerSource,
    sip_server: gateway.sipServer ?? null,
    engine_id: gateway.engineId ?? null,
    identity: body.identity ?? null,
    former_id: body.identity?.formerGatewayId ?? null,
    wire_positions: wirePositions,
    capabilities: body.capabilities,
    actions: body.actions,
    idle_evidence: body.idleEvidence ?? null,
    can_write: body.canWrite ?? null,
    inventory_at: new Date(item.receivedAtMs).toISOString(),
  };
}

function portRows(gatewayId: string, { body, sender }: Sent) {
  return body.ports.map((port, ordinal) => ({
    operator_id: sender.operatorId,
    gateway_id: gatewayId,
    position: port.position,
    ordinal,
    key: port.key,
    port_key: port.portKey ?? null,
    kind: port.kind,
    name: port.name,
    reported_number: port.number,
    signalling: port.signalling,
    impedance: port.impedance,
    country_profile: port.countryProfile,
    codecs: port.codecs,
    t38: port.t38,
  }));
}
