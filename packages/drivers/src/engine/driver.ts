import type { Capabilities, GatewayInfo, PortInfo } from '@loopstart/contracts';
import { EVIDENCE } from '@loopstart/contracts';
import type {
  ActionType,
  CapabilityField,
  IdleEvidence,
  GatewayMeasure,
  NullReason,
  PORT_STATE_FIELDS,
  PortCounter,
  PortKind,
  PortMeasure,
  PortStateField,
  PowerSource,
  Signalling,
} from '@loopstart/domain';
import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import type { ActionRule } from './actions.ts';
import type { Codec } from './codecs.ts';
import type { NotificationRule } from './notifications.ts';
import type { SimState } from './sim-state.ts';

export type Evidence = (typeof EVIDENCE)[number];
export type StateWord<F extends PortStateField> = (typeof PORT_STATE_FIELDS)[F][number];
/** The state of one port in words; null is unknown. */
export type PortWords = { [F in PortStateField]: StateWord<F> | null };
/** Everything a port may tell in a poll. */
export type PortField = PortStateField | PortMeasure | PortCounter;

/** What was read; an OID or a row that is missing was not answered. Column rows are keyed by their index suffix. */
export interface Answers {
  scalars: Map<Oid, SnmpValue>;
  columns: Map<Oid, Map<string, SnmpValue>>;
}

/** Why something that was answered could not be used. */
export interface Problem {
  oid: Oid;
  why: string;
}

/** One MIB object and how to read and write its values. Scalars carry their `.0`, columns do not carry a row. */
export interface Source<T> {
  readonly oid: Oid;
  /** The object's name in its MIB. */
  readonly object: string;
  readonly codec: Codec<T>;
  /** A column of ENTITY-MIB of which the row of the chassis counts; its other rows are about parts. */
  readonly ofChassis?: true;
  /** Index suffix by which a simulated gateway answers a column that has one row; '1' when left out. */
  readonly row?: string;
}

/** A column of a table, for example `ifOperStatus`. */
export function column<T>(oid: Oid, object: string, codec: Codec<T>): Source<T> {
  return { oid, object, codec };
}

/** A scalar; `oid` is the object, its instance 0 is added. */
export function scalar<T>(oid: Oid, object: string, codec: Codec<T>): Source<T> {
  return { oid: `${oid}.0`, object, codec };
}

/**
 * A scalar whose instance is not .0 on every unit, and is therefore read from the unit: `usual` is the one that a
 * simulated gateway answers.
 */
export function anyInstance<T>(oid: Oid, object: string, codec: Codec<T>, usual: string): Source<T> {
  return { oid, object, codec, row: usual };
}

/** entPhysicalTable (ENTITY-MIB, RFC 6933): what a chassis says of itself. */
export function ofChassis<T>(arc: number, object: string, codec: Codec<T>): Source<T> {
  return { oid: `${ENT_PHYSICAL}.${arc}`, object, codec, ofChassis: true };
}
const ENT_PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';

/** Where a resolver puts what it found for the port at index `at` (0-based, in the order of the ports given). */
export interface Sink<T> {
  set(at: number, value: T): void;
  miss(at: number, reason: NullReason): void;
  problem(oid: Oid, why: string): void;
}

/** A field that is not one cell of the port's own row: rows joined by a text, alarms that name a port. */
export interface PortResolver<F extends PortField = PortField> {
  readonly field: F;
  readonly scalars: readonly Source<unknown>[];
  readonly columns: readonly Source<unknown>[];
  /** Cells neither set nor missed count as not answered. */
  decode(answers: Answers, ports: readonly PortInfo[], sink: Sink<FieldValue<F>>): void;
  encode(state: SimState): VarBind[];
  /** What it can tell of a port; absent where it can tell all. */
  readonly words?: readonly FieldValue<F>[];
  /** The only kind of port that it tells something of; absent: all. */
  readonly kind?: PortKind;
}
export type FieldValue<F extends PortField> = F extends PortStateField ? StateWord<F> : number;
export type AnyPortResolver = { [F in PortField]: PortResolver<F> }[PortField];

/** A text of a port that is not one cell of its own row, such as a number out of a range. */
export interface InfoResolver {
  readonly field: 'name' | 'number';
  readonly columns: readonly Source<unknown>[];
  /** By index of `ports`; null where nothing was told. */
  decode(answers: Answers, ports: readonly Pick<PortInfo, 'position' | 'key'>[]): (string | null)[];
  encode(ports: readonly PortInfo[]): VarBind[];
}

/** A text of the gateway that needs more than one object, such as the version in the bank that runs. */
export interface TextResolver {
  readonly field: 'firmware';
  readonly columns: readonly Source<unknown>[];
  decode(answers: Answers): string | null;
  encode(value: string): VarBind[];
}

/** A gateway measure that needs more than one object. */
export interface GatewayResolver {
  readonly measure: GatewayMeasure;
  readonly scalars: readonly Source<unknown>[];
  readonly columns: readonly Source<unknown>[];
  /** undefined: not answered; null: not understood. */
  decode(answers: Answers): number | null | undefined;
  encode(value: number): VarBind[];
}

/** A gateway measure in a scalar, or in a column of which all rows are folded into one number. */
export interface MeasureSource extends Source<number> {
  readonly fold?: 'max' | 'sum' | 'first';
}

/** Which rows are ports. */
export interface PortRows {
  /** The first of these columns that has rows decides. Rows whose kind is null are no FXS or FXO ports. */
  readonly kinds: readonly Source<PortKind>[];
  /**
   * Printed number of a row from its index suffix, or null where the row is none of the table's.
   * Absent: ports are numbered in the order of their index.
   */
  readonly positionOf?: (key: string) => number | null;
  /**
   * Where row indexes may change with a restart: columns whose text names a port for good. The first that names every
   * port differently makes the port keys. Absent: the vendor's index is the port's own.
   */
  readonly stableNames?: readonly { readonly scheme: 'name' | 'descr'; readonly source: Source<string> }[];
  /** Kind of a port that its row does not tell but the model does; undefined: as the row says. */
  readonly kindOf?: (position: number, system: SystemTexts) => PortKind | undefined;
  /** Index suffix of a simulated port. Never used for reading: indexes are read from the gateway. */
  readonly keyOf: (position: number) => string;
}

type PortText = 'name' | 'number' | 'impedance' | 'countryProfile';
export interface PortInfoSources extends Partial<Record<PortText, readonly Source<string>[]>> {
  readonly signalling?: readonly Source<Signalling>[];
  readonly t38?: readonly Source<boolean>[];
}

/** Codecs the gateway may use: a column of names, or one switch a codec. */
export type CodecList =
  | { readonly column: Source<string> }
  | { readonly switches: readonly { readonly name: string; readonly source: Source<boolean> }[] };

export interface PortsSpec {
  readonly rows: PortRows;
  /** Cells of the port's own row. */
  readonly info: PortInfoSources;
  /** Used where `info` has nothing for the field. */
  readonly infoResolvers?: readonly InfoResolver[];
  /** Scalars that hold for every port. */
  readonly shared?: PortInfoSources;
  readonly codecs?: CodecList;
  readonly state: { readonly [F in PortStateField]?: readonly Source<StateWord<F>>[] };
  readonly measures?: Partial<Record<PortMeasure, readonly Source<number>[]>>;
  readonly counters?: Partial<Record<PortCounter, readonly Source<number>[]>>;
  readonly resolvers?: readonly AnyPortResolver[];
  /** Measured by a line test only, never by a poll. */
  readonly onDemand?: readonly PortMeasure[];
  /** Name of a simulated port, where the maker's own names matter. */
  readonly nameOf?: (position: number) => string;
}

/** What the system group says of a unit (SNMPv2-MIB). */
export interface SystemTexts {
  sysDescr: string | null;
  sysName: string | null;
}

/** What is known when the model is named. */
export interface ModelContext extends SystemTexts {
  sysObjectId: string | null;
  /** Text of the driver's `modelText` sources, null where none told. */
  modelText: string | null;
  ports: readonly Pick<PortInfo, 'kind'>[];
}

export interface GatewaySpec {
  /** Objects that hold the model's name. */
  readonly modelText?: readonly Source<string>[];
  /** Where the unit tells who made it; absent or not told: the driver's vendor. */
  readonly vendor?: readonly Source<string>[];
  /** Names the model from a table or a structure; null where neither has it: a family or a sentence is no model. */
  readonly model: (context: ModelContext) => string | null;
  readonly firmware?: readonly Source<string>[];
  readonly hardwareRevision?: readonly Source<string>[];
  readonly serial?: readonly Source<string>[];
  readonly macAddress?: readonly Source<string>[];
  readonly powerSource?: readonly Source<PowerSource>[];
  /** Where its lines register; the first that is set. */
  readonly sipServer?: readonly Source<string>[];
  readonly measures?: Partial<Record<GatewayMeasure, readonly MeasureSource[]>>;
  readonly resolvers?: readonly GatewayResolver[];
  /** Used where the field's own sources have nothing. */
  readonly textResolvers?: readonly TextResolver[];
}

/** A model that the driver knows by name. */
export interface ModelSpec {
  readonly name: string;
  readonly fxs: number;
  readonly fxo: number;
  readonly sysObjectId: Oid | null;
  /** What a unit of this model says of itself, for the simulator. */
  readonly sysDescr: string;
  readonly firmware: string | null;
  /** 'recording' where a recorded walk of this very model is in the tests; absent: by the MIB texts alone. */
  readonly evidence?: 'recording';
  /** Fields that this recording has shown; what else the driver reads is from the MIB texts. */
  readonly proven?: readonly CapabilityField[];
}

/** How a driver recognises its gateways. Any one of the three is enough. */
export interface Match {
  /** Subtrees of sysObjectID. */
  readonly sysObjectIds?: readonly Oid[];
  /** Asked only where sysObjectID is nobody's: net-snmp's own, or none. */
  readonly sysDescr?: RegExp;
  /** Objects of which any answer proves the maker. */
  readonly probes?: readonly Oid[];
}

export interface DriverSpec {
  readonly id: string;
  readonly vendor: string;
  /** Grows with each change of what the driver reads or means, so that agents discover again. */
  readonly revision: number;
  /** The best proof that any of its models with analogue ports has. */
  readonly evidence: Evidence;
  /** In plain words: what exactly is proven, and by what. */
  readonly maturityNote: string;
  readonly models: readonly ModelSpec[];
  readonly match: Match;
  readonly pollIntervalMs: number;
  /** GETBULK repetitions and columns a request that the maker's agents bear. */
  readonly bulk: { maxRepetitions: number; columnsPerPdu: number };
  readonly gateway: GatewaySpec;
  readonly ports: PortsSpec;
  readonly actions: Partial<Record<ActionType, ActionRule>>;
  /** Why an action is not there, one plain sentence; for those absent from `actions`. */
  readonly withoutActions?: string;
  readonly notifications: readonly NotificationRule[];
  /** End of a notification's OID that alone tells what it is, where a gateway's prefix can be configured. */
  readonly trapOidTail?: RegExp;
}

/** A driver as the rest of Loopstart sees it. */
export type Driver = DriverSpec;

/** One reading of one gateway in canonical form; columns are complete and their nulls explained. */
export interface Identity {
  gateway: GatewayInfo;
  ports: PortInfo[];
  capabilities: Capabilities;
  actions: ActionType[];
  /** How it shows that a line is idle; null where it cannot. */
  idleEvidence: IdleEvidence | null;
  /** How the reading of this model was proven. */
  evidence: Evidence;
  problems: Problem[];
}

/** Checks what cannot be told by types, once, when the module loads. Throws on a defect of the driver's author. */
export function defineDriver(spec: DriverSpec): Driver {
  if (!/^[a-z][a-z0-9-]*$/.test(spec.id)) throw new Error(`driver id "${spec.id}" is not kebab-case`);
  const trapOids = spec.notifications.map((rule) => rule.trapOid);
  const twice = trapOids.find((oid, at) => trapOids.indexOf(oid) !== at);
  if (twice !== undefined) throw new Error(`driver ${spec.id} explains notification ${twice} twice`);
  return spec;
}
