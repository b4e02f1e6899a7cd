import { randomUUID } from 'node:crypto';
import type { Capabilities, NullReasons } from '@loopstart/contracts';
import {
  type IdleEvidence,
  type LineDeviceClass,
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
  PORT_STATE_FIELDS,
  portHealth,
  type PortCounter,
  type PortMeasure,
  type PortState,
  type Severity,
  toCode,
  worse,
} from '@loopstart/domain';
import pg from 'pg';
import { columnOf } from '../src/core/fleet/columns.ts';
import { asOwner } from './postgres.ts';

/** A port to plant; what is not said is that of an idle phone. */
export interface PlantedPort {
  state?: Partial<PortState>;
  device?: LineDeviceClass;
  label?: string;
  number?: string;
  numbers?: Partial<Record<PortMeasure | PortCounter, number | null>>;
}

export interface PlantOptions {
  customer?: string;
  site?: string;
  gateway?: string;
  ports?: PlantedPort[];
  /** When the gateway was read and the agent last seen. */
  at?: Date;
  agentSeenAt?: Date | null;
  online?: boolean;
  reachability?: 'reachable' | 'unreachable' | 'unknown';
  capabilities?: Capabilities;
  actions?: string[];
  nulls?: NullReasons;
  /** How it shows that a line is idle; an older agent does not tell. */
  idleEvidence?: IdleEvidence | null;
  canWrite?: boolean | null;
  driverId?: string;
  pollIntervalMs?: number;
}

export interface Planted {
  operatorId: string;
  customerId: string;
  siteId: string;
  agentId: string;
  gatewayId: string;
}

const IDLE: PortState = {
  admin: 'unlocked',
  oper: 'in-service',
  hook: 'on-hook',
  call: 'idle',
  registration: 'registered',
  fault: 'none',
};

/** A customer with a site, its agent and one gateway, as the ingest would have stored them. */
export function plant(ownerUrl: string, operatorId: string, options: PlantOptions = {}): Promise<Planted> {
  return asOwner(ownerUrl, async (sql) => {
    const at = options.at ?? new Date();
    const ids: Planted = {
      operatorId,
      customerId: randomUUID(),
      siteId: randomUUID(),
      agentId: randomUUID(),
      gatewayId: randomUUID(),
    };
    await sql.query('insert into customer (id, operator_id, name) values ($1, $2, $3)', [
      ids.customerId,
      operatorId,
      options.customer ?? `Customer ${ids.customerId}`,
    ]);
    await sql.query('insert into site (id, operator_id, customer_id, name, time_zone) values ($1, $2, $3, $4, $5)', [
      ids.siteId,
      operatorId,
      ids.customerId,
      options.site ?? 'Main building',
      'Europe/London',
    ]);
    await sql.query(
      `insert into agent (id, operator_id, site_id, hostname, version, online, presence_at, last_seen_at, certificate_expires_at)
       values ($1, $2, $3, 'box-1', '0.1.0', $4, $5, $6, $5::timestamptz + interval '90 days')`,
      [
        ids.agentId,
        operatorId,
        ids.siteId,
        options.online ?? true,
        at,
        options.agentSeenAt === undefined ? at : options.agentSeenAt,
      ],
    );
    await plantGateway(sql, ids, options, at);
    return ids;
  });
}

/** Another gateway at the site of `where`. */
export function plantAnother(ownerUrl: string, where: Planted, options: PlantOptions = {}): Promise<Planted> {
  return asOwner(ownerUrl, async (sql) => {
    const ids = { ...where, gatewayId: randomUUID() };
    await plantGateway(sql, ids, options, options.at ?? new Date());
    return ids;
  });
}

async function plantGateway(sql: pg.Client, ids: Planted, options: PlantOptions, at: Date): Promise<void> {
  const ports = options.ports ?? [{}, {}];
  await sql.query(
    `insert into gateway (id, operator_id, site_id, agent_id, name, inventory_revision, address, driver_id, driver_revision, evidence, unknown_hardware,
       poll_interval_ms, vendor, model, firmware, serial, capabilities, actions, first_seen_at, idle_evidence, can_write)
     values ($1, $2, $3, $4, $5, 1, '192.0.2.10', $6, 1, 'recording', false, $7, 'AudioCodes', 'MP-124', '6.60', 'S123', $8, $9, $10, $11, $12)`,
    [
      ids.gatewayId,
      ids.operatorId,
      ids.siteId,
      ids.agentId,
      options.gateway ?? null,
      options.driverId ?? 'generic',
      options.pollIntervalMs ?? 30_000,
      JSON.stringify(options.capabilities ?? {}),
      options.actions ?? ['poll-now', 'lock-port', 'unlock-port', 'reset-port', 'reboot'],
      at,
      options.idleEvidence === undefined ? 'call-state' : options.idleEvidence,
      options.canWrite === undefined ? true : options.canWrite,
    ],
  );
  for (const [ordinal, port] of ports.entries()) {
    await sql.query(
      `insert into port (operator_id, gateway_id, "position", ordinal, key, kind, name, label, number, line_device_class)
       values ($1, $2, $3, $4, $5, 'fxs', $6, $7, $8, $9)`,
      [
        ids.operatorId,
        ids.gatewayId,
        ordinal + 1,
        ordinal,
        String(ordinal + 1),
        `FXS ${ordinal + 1}`,
        port.label ?? null,
        port.number ?? null,
        port.device ?? 'phone',
      ],
    );
  }
  await sql.query('insert into gateway_layout (operator_id, gateway_id, revision, positions) values ($1, $2, 1, $3)', [
    ids.operatorId,
    ids.gatewayId,
    ports.map((_, ordinal) => ordinal + 1),
  ]);
  await plantCurrent(sql, ids, ports, options, at);
}

async function plantCurrent(
  sql: pg.Client,
  ids: Planted,
  ports: PlantedPort[],
  options: PlantOptions,
  at: Date,
): Promise<void> {
  const states = ports.map((port) => ({ ...IDLE, ...port.state }));
  const severities = ports.map((port, ordinal) => portHealth(states[ordinal]!, port.device ?? 'phone').severity);
  const count = (severity: Severity) => severities.filter((one) => one === severity).length;
  const columns: Record<string, unknown> = {
    gateway_id: ids.gatewayId,
    operator_id: ids.operatorId,
    revision: 1,
    reachability: options.reachability ?? 'reachable',
    reachability_at: at,
    observed_at: at,
    received_at: at,
    state_since: ports.map(() => at),
    temperature_c: 41.5,
    cpu_percent: 12,
    active_calls: 0,
    nulls: JSON.stringify(options.nulls ?? []),
    ports_total: ports.length,
    ports_ok: count('ok'),
    ports_info: count('info'),
    ports_minor: count('minor'),
    ports_major: count('major'),
    ports_critical: count('critical'),
    ports_unknown: count('unknown'),
    worst: severities.reduce(worse, 'ok'),
  };
  for (const field of PORT_STATE_FIELD_NAMES) {
    columns[field] = states.map((state) => toCode<string>(PORT_STATE_FIELDS[field], state[field]));
  }
  for (const field of [...PORT_MEASURE_NAMES, ...PORT_COUNTER_NAMES]) {
    columns[columnOf(field)] = ports.map((port) => port.numbers?.[field] ?? null);
  }
  const names = Object.keys(columns);
  await sql.query(
    `insert into gateway_current (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(columns),
  );
}
