import type { PortInfo } from '@loopstart/contracts';
import type { NullReason, PortCounter, PortKind, PortMeasure, PortStateField, Signalling } from '@loopstart/domain';
import type { Oid, VarBind } from '@loopstart/snmp';
import type { SystemTexts } from '../model.ts';
import type { SimState } from '../sim-state.ts';
import type { Answers, Source } from '../source.ts';
import type { FieldValue, PortField, StateWord } from '../words.ts';

/** A resolver's results for the port at index `at` (0-based, in the order of the ports given). */
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
  /** The fields of a port that it can read; absent where it can read all. */
  readonly words?: readonly FieldValue<F>[];
  /** The only kind of port that it can read; absent: all. */
  readonly kind?: PortKind;
}
export type AnyPortResolver = { [F in PortField]: PortResolver<F> }[PortField];

/** A text of a port that is not one cell of its own row, such as a number out of a range. */
export interface InfoResolver {
  readonly field: 'name' | 'number';
  readonly columns: readonly Source<unknown>[];
  /** By index of `ports`; null where there is no answer. */
  decode(answers: Answers, ports: readonly Pick<PortInfo, 'position' | 'key'>[]): (string | null)[];
  encode(ports: readonly PortInfo[]): VarBind[];
}

/** Decides which rows are ports. */
export interface PortRows {
  /** The first of these columns that has rows decides. Rows whose kind is null are not FXS or FXO ports. */
  readonly kinds: readonly Source<PortKind>[];
  /**
   * Printed number of a row from its index suffix, or null where the row is not in the table. Absent: ports are
   * numbered in the order of their index.
   */
  readonly positionOf?: (key: string) => number | null;
  /**
   * Where row indexes may change with a restart: columns whose text identifies a port permanently. The first that names
   * every port differently makes the port keys. Absent: the vendor's index is permanent.
   */
  readonly stableNames?: readonly { readonly scheme: 'name' | 'descr'; readonly source: Source<string> }[];
  /** Kind of a port where the model decides it and not the row; undefined: as in the row. */
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

/** The slice of a driver that lists the ports of a gateway and reads their properties and states. */
export interface PortsSlice {
  readonly rows: PortRows;
  /** Cells of the port's own row. */
  readonly info: PortInfoSources;
  /** Used where `info` has no value for the field. */
  readonly infoResolvers?: readonly InfoResolver[];
  /** Scalars that hold for every port. */
  readonly shared?: PortInfoSources;
  readonly codecs?: CodecList;
  readonly state: { readonly [F in PortStateField]?: readonly Source<StateWord<F>>[] };
  readonly measures?: Partial<Record<PortMeasure, readonly Source<number>[]>>;
  readonly counters?: Partial<Record<PortCounter, readonly Source<number>[]>>;
  readonly resolvers?: readonly AnyPortResolver[];
  /** Name of a simulated port, where the vendor's own names matter. */
  readonly nameOf?: (position: number) => string;
}
