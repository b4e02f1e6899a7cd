import {
  CAPABILITY_FIELDS,
  IDLE_EVIDENCE,
  LINE_DEVICE_CLASSES,
  MODEL_REASONS,
  PORT_KINDS,
  POWER_SOURCES,
  SIGNALLING,
} from '@loopstart/domain';
import { z } from 'zod';
import { PORTS_MAX } from './columns.ts';

const text = (max: number) => z.string().max(max);

/** Evidence for a driver's reading of this model: a recorded walk, the MIB text alone, or standard objects only. */
export const EVIDENCE = ['recording', 'mib-only', 'generic'] as const;

/** One port as the gateway reports it. Changes rarely; sent with the inventory, not with each report. */
export const PortInfo = z.object({
  /** 1-based number as printed on the device. */
  position: z.int().min(1).max(PORTS_MAX),
  /** The driver's row index, as read from the gateway; never computed. */
  key: text(128),
  /**
   * The stable key of the port, which survives renumbered rows: `name:` with ifName, `descr:` with ifDescr, or `index:`
   * where the vendor keeps the row index. Null or absent: an agent before 0.2 does not send it.
   */
  portKey: text(160).nullable().optional(),
  kind: z.enum(PORT_KINDS),
  /** Name the gateway gives the port, null where it gives none. */
  name: text(128).nullable(),
  /** Extension or directory number configured on the port. */
  number: text(64).nullable(),
  signalling: z.enum(SIGNALLING).nullable(),
  /** Line impedance as reported, for example "600r" or "complex". */
  impedance: text(64).nullable(),
  /** Country profile or tone set as reported. */
  countryProfile: text(64).nullable(),
  codecs: z.array(text(32)).max(16).nullable(),
  t38: z.boolean().nullable(),
});
export type PortInfo = z.infer<typeof PortInfo>;

/** Identity of a gateway. */
export const GatewayInfo = z.object({
  vendor: text(64),
  /** Null: not known, and `modelReason` says why. Older agents have a text for it: see `withKnownModel`. */
  model: text(128).nullable(),
  /** Null where the model is known. Absent from agents before it was added. */
  modelReason: z.enum(MODEL_REASONS).nullable().optional(),
  firmware: text(128).nullable(),
  hardwareRevision: text(128).nullable(),
  serial: text(128).nullable(),
  macAddress: text(32).nullable(),
  /** snmpEngineID (SNMP-FRAMEWORK-MIB) in hex; absent: an agent before 0.2 does not read it. */
  engineId: text(64).nullable().optional(),
  sysName: text(255).nullable(),
  sysDescr: text(255).nullable(),
  sysObjectId: text(255).nullable(),
  powerSource: z.enum(POWER_SOURCES).nullable(),
  /** The SIP server that its lines register with, where the vendor reports it. Absent from older agents. */
  sipServer: text(128).nullable().optional(),
});
export type GatewayInfo = z.infer<typeof GatewayInfo>;

/**
 * Per field, whether this model can report it. `measured`: yes. `not-supported`: the model has no object for it.
 * `unproven`: the MIB has the object, but this unit did not answer it.
 */
export const CAPABILITY_STATES = ['measured', 'not-supported', 'unproven'] as const;
export const Capabilities = z.partialRecord(
  z.enum(CAPABILITY_FIELDS as [string, ...string[]]),
  z.enum(CAPABILITY_STATES),
);
export type Capabilities = z.infer<typeof Capabilities>;

/**
 * Completeness of the list of ports. `incomplete`: the gateway was not read completely, or lacked known ports, which
 * are listed as last known. `unconfirmed`: read completely, but not often enough yet. `confirmed`: the same in several
 * complete readings over at least ten minutes; only such a list proves that another port is gone.
 */
export const PORT_LIST_STATES = ['incomplete', 'unconfirmed', 'confirmed'] as const;
export const PortListState = z.enum(PORT_LIST_STATES);
export type PortListState = z.infer<typeof PortListState>;

/** Properties by which an agent recognises a gateway. */
export const GatewayIdentity = z.object({
  basis: z.enum(['serial', 'mac', 'engine-id', 'address']),
  /**
   * The gateway that was at this address before and is not read anywhere now: an operator decides whether it was
   * replaced.
   */
  formerGatewayId: z.uuid().nullable(),
  /**
   * The same identity answers at several addresses at the same time: `same-identity` where it is unknown whether it is
   * the same unit, `cloned-identity` where it is another unit with a copied serial number or MAC address.
   */
  conflict: z
    .object({ kind: z.enum(['same-identity', 'cloned-identity']), addresses: z.array(text(64)).max(16) })
    .nullable(),
});
export type GatewayIdentity = z.infer<typeof GatewayIdentity>;

/** A gateway and its ports as an agent found them. */
export const Inventory = z.object({
  gatewayId: z.uuid(),
  /**
   * Grows with each change of the fields below; reports name the revision whose port order they use. Not a counter: at
   * least the minutes from 2020 to the change, so that a replacement agent continues above it.
   */
  revision: z.int().min(1),
  address: text(64),
  driverId: text(64),
  driverRevision: z.int().min(1),
  evidence: z.enum(EVIDENCE),
  /** True where no vendor driver matched: the generic driver reads the standard objects. */
  unknownHardware: z.boolean(),
  pollIntervalMs: z.int().min(1000).max(3_600_000),
  gateway: GatewayInfo,
  /** Absent: an agent before 0.2. */
  identity: GatewayIdentity.optional(),
  capabilities: Capabilities,
  /** Actions the driver can do on this model. */
  actions: z.array(text(32)).max(16),
  /** How this model shows that a line is idle; null where it cannot. Absent from agents before 29 November 2026. */
  idleEvidence: z.enum(IDLE_EVIDENCE).nullable().optional(),
  /**
   * Whether the agent can write to the gateway: false with a read community only; null where only an attempt shows it
   * (an SNMPv3 user). Absent from agents before 29 November 2026.
   */
  canWrite: z.boolean().nullable().optional(),
  ports: z.array(PortInfo).max(PORTS_MAX),
  /** Absent: an agent before 0.2, which sent the ports of a single reading: taken as `unconfirmed`. */
  portList: PortListState.optional(),
});
export type Inventory = z.infer<typeof Inventory>;

export const LineDevice = z.enum(LINE_DEVICE_CLASSES);
