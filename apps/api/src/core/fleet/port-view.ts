import type { Capabilities, NullReasons, Port } from '@loopstart/contracts';
import {
  type NullReason,
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
  portHealth,
  type PortCounter,
  type PortMeasure,
  type PortState,
} from '@loopstart/domain';
import { columnOf } from './columns.ts';
import { type PortCodes, portStateOf } from './port-state.ts';

/** Why the last reading of a gateway does not show the current state. */
export type Distrust = 'agent-silent' | 'gateway-unreachable' | 'gateway-stale';

/** The known state of the gateway that a port is on. */
export interface GatewayContext {
  distrust: Distrust | null;
  distrustSince: Date | null;
  observedAt: Date | null;
  capabilities: Capabilities;
  /** The reasons as the agent reported them; null where it reported none. */
  nulls: NullReasons | null;
}

type Identity = Pick<
  Port,
  | 'gatewayId'
  | 'position'
  | 'kind'
  | 'name'
  | 'label'
  | 'number'
  | 'lineDeviceClass'
  | 'signalling'
  | 'impedance'
  | 'countryProfile'
  | 'codecs'
  | 't38'
>;

/** A port as stored: identity, and its cell of each array of the gateway. */
export interface PortRow extends Identity, PortCodes, Record<PortMeasure | PortCounter, number | null> {
  ordinal: number;
  stateSince: Date | null;
}

/** SQL: a `PortRow` from `port p` and `gateway_current c` (which may be absent). */
export const PORT_ROW = [
  `p.gateway_id as "gatewayId", p."position", p.ordinal, p.kind, p.name, p.label, coalesce(p.number, p.reported_number) as number`,
  `p.line_device_class as "lineDeviceClass", p.signalling, p.impedance, p.country_profile as "countryProfile", p.codecs, p.t38`,
  ...[...PORT_STATE_FIELD_NAMES, ...PORT_MEASURE_NAMES, ...PORT_COUNTER_NAMES].map(
    (field) => `c."${columnOf(field)}"[p.ordinal + 1] as "${field}"`,
  ),
  `c.state_since[p.ordinal + 1] as "stateSince"`,
].join(', ');

/**
 * A port in the contract's form. Behind a silent agent or a gateway that does not answer, everything that changes is
 * null with that reason and the port's health is unknown: not down.
 */
export function portView(row: PortRow, gateway: GatewayContext): Port {
  const known = gateway.distrust === null;
  const state: PortState = known ? portStateOf(row) : NOTHING_KNOWN;
  const numbers = Object.fromEntries(
    [...PORT_MEASURE_NAMES, ...PORT_COUNTER_NAMES].map((field) => [field, known ? row[field] : null]),
  ) as Record<PortMeasure | PortCounter, number | null>;
  const nulls: Record<string, NullReason> = {};
  for (const [field, value] of Object.entries({ ...state, ...numbers })) {
    if (value === null) nulls[field] = nullReason(field, row.ordinal, gateway);
  }
  const { severity, reason } = portHealth(state, row.lineDeviceClass);
  const since = known ? row.stateSince : gateway.distrustSince;
  return {
    gatewayId: row.gatewayId,
    position: row.position,
    kind: row.kind,
    name: row.name,
    label: row.label,
    number: row.number,
    lineDeviceClass: row.lineDeviceClass,
    signalling: row.signalling,
    impedance: row.impedance,
    countryProfile: row.countryProfile,
    codecs: row.codecs,
    t38: row.t38,
    ...state,
    ...numbers,
    nulls,
    severity,
    healthReason: reason,
    stateSince: since?.toISOString() ?? null,
  };
}

/**
 * Why a field is null, in this order: the model never reports it; the current state is unknown; the reason in the
 * agent's report. `ordinal` is the port's, null for a field of the gateway itself.
 */
export function nullReason(field: string, ordinal: number | null, gateway: GatewayContext): NullReason {
  if (gateway.capabilities[field] === 'not-supported') return 'not-supported';
  if (gateway.distrust === 'agent-silent' || gateway.distrust === 'gateway-unreachable') return gateway.distrust;
  if (gateway.observedAt === null) return 'never-read';
  const reported = gateway.nulls?.find(
    (entry) => entry.field === field && (entry.ports === '*' || ordinal === null || entry.ports.includes(ordinal)),
  );
  return reported?.reason ?? 'not-answered';
}

const NOTHING_KNOWN: PortState = {
  admin: null,
  oper: null,
  hook: null,
  call: null,
  registration: null,
  fault: null,
};
