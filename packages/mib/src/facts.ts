import type { NullReason, PortMeasure, PortStateField } from '@loopstart/domain';

/** A number that was measured, or why there is none. Never 0 for what was not measured. */
export type Measured = { value: number } | { absent: NullReason };

/** The agent as the MIB shows it. */
export interface AgentFacts {
  agentId: string;
  siteId: string;
  hostname: string;
  version: string;
  /** Ms since the epoch. */
  startedAt: number;
  gateways: number;
  gatewaysReachable: number;
  ports: number;
}

/** A gateway as the MIB shows it. Times in ms since the epoch. */
export interface GatewayFacts {
  gatewayId: string;
  name: string;
  vendor: string;
  model: string | null;
  firmware: string | null;
  serial: string | null;
  macAddress: string | null;
  address: string;
  driver: string;
  reachability: 'reachable' | 'unreachable' | 'unknown';
  /** Why it cannot be read; null while it can. */
  reason: string | null;
  lastAnswerAt: number | null;
  readAt: number | null;
  /** Whether the states below are current: read within three polls, from a gateway that answers. */
  current: boolean;
  ports: number;
}

/** A port as the MIB shows it; states are null where they are not known. */
export interface PortFacts {
  gatewayName: string;
  position: number;
  kind: string;
  name: string | null;
  number: string | null;
  states: Readonly<Record<PortStateField, string | null>>;
  measures: Readonly<Record<PortMeasure, Measured>>;
}
