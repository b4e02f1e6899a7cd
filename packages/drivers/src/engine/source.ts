import type { Oid, SnmpValue } from '@loopstart/snmp';
import type { Codec } from './codecs.ts';

/** The answers read; an OID or a row that is missing was not answered. Column rows are keyed by their index suffix. */
export interface Answers {
  scalars: Map<Oid, SnmpValue>;
  columns: Map<Oid, Map<string, SnmpValue>>;
}

/** Why an answer could not be used. */
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
  /** A column of ENTITY-MIB in which only the row of the chassis counts; its other rows are about parts. */
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
 * A scalar whose instance is not .0 on every unit, and is therefore read from the unit: `usual` is the instance of a
 * simulated gateway.
 */
export function anyInstance<T>(oid: Oid, object: string, codec: Codec<T>, usual: string): Source<T> {
  return { oid, object, codec, row: usual };
}

/** entPhysicalTable (ENTITY-MIB, RFC 6933): a chassis's own description. */
export function ofChassis<T>(arc: number, object: string, codec: Codec<T>): Source<T> {
  return { oid: `${ENT_PHYSICAL}.${arc}`, object, codec, ofChassis: true };
}
const ENT_PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';

/** A gateway measure in a scalar, or in a column whose rows are all folded into one number. */
export interface MeasureSource extends Source<number> {
  readonly fold?: 'max' | 'sum' | 'first';
}
