import type { Capabilities, GatewayInfo, PortInfo } from '@loopstart/contracts';
import type { ActionType, IdleEvidence } from '@loopstart/domain';
import type { Oid } from '@loopstart/snmp';
import type { Evidence, ModelSpec } from './model.ts';
import type { ActionsSlice } from './slices/actions.ts';
import type { ActiveAlarmsSlice } from './slices/active-alarms.ts';
import type { ConfigSlice } from './slices/config.ts';
import type { GatewaySlice } from './slices/gateway.ts';
import type { LineTestSlice } from './slices/line-test.ts';
import type { NotificationsSlice } from './slices/notifications.ts';
import type { PortsSlice } from './slices/ports.ts';
import type { Problem } from './source.ts';

/** How a driver recognises its gateways. Any one of the three is enough. */
export interface Match {
  /** Subtrees of sysObjectID. */
  readonly sysObjectIds?: readonly Oid[];
  /** Used only where sysObjectID names no vendor: net-snmp's own, or none. */
  readonly sysDescr?: RegExp;
  /** Objects of which any answer proves the vendor. */
  readonly probes?: readonly Oid[];
}

/**
 * What Loopstart knows about one vendor's gateways: how to recognise them, and one slice for each capability. A
 * function of the engine takes the slices it needs, so that a further capability is a further optional field here.
 */
export interface Driver {
  readonly id: string;
  readonly vendor: string;
  /** Grows with each change of what the driver reads or what it means, so that agents discover again. */
  readonly revision: number;
  /** The strongest evidence of any of its models with analogue ports. */
  readonly evidence: Evidence;
  /** The evidence in plain words: what exactly is proven, and by what. */
  readonly maturityNote: string;
  readonly models: readonly ModelSpec[];
  readonly match: Match;
  readonly pollIntervalMs: number;
  /** GETBULK repetitions and columns a request that the vendor's agents support. */
  readonly bulk: { maxRepetitions: number; columnsPerPdu: number };
  readonly gateway: GatewaySlice;
  readonly ports: PortsSlice;
  readonly notifications: NotificationsSlice;
  readonly actions: ActionsSlice;
  readonly lineTest?: LineTestSlice;
  readonly activeAlarms?: ActiveAlarmsSlice;
  readonly config?: ConfigSlice;
}

/** The slices that read a gateway. */
export type ReadSlices = Pick<Driver, 'gateway' | 'ports' | 'lineTest'>;

/** Identity of a gateway, in canonical form. */
export interface Identity {
  gateway: GatewayInfo;
  ports: PortInfo[];
  capabilities: Capabilities;
  actions: ActionType[];
  /** How it shows that a line is idle; null where it cannot. */
  idleEvidence: IdleEvidence | null;
  /** Evidence for the reading of this model. */
  evidence: Evidence;
  problems: Problem[];
}

/** Checks what types cannot express, once, when the module loads. Throws on a mistake in the driver. */
export function defineDriver(driver: Driver): Driver {
  if (!/^[a-z][a-z0-9-]*$/.test(driver.id)) throw new Error(`driver id "${driver.id}" is not kebab-case`);
  const trapOids = driver.notifications.rules.map((rule) => rule.trapOid);
  const twice = trapOids.find((oid, at) => trapOids.indexOf(oid) !== at);
  if (twice !== undefined) throw new Error(`driver ${driver.id} explains notification ${twice} twice`);
  const listed = [...(driver.activeAlarms?.lists ?? []).map((one) => one.trapOid), driver.activeAlarms?.overflow];
  const unknown = listed.find((oid) => oid != null && !trapOids.includes(oid));
  if (unknown !== undefined)
    throw new Error(`driver ${driver.id} lists alarms of ${unknown}, which it does not explain`);
  return driver;
}
