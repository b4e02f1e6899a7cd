import type { LINE_TEST_TIMES, LineTestReadingName } from '@loopstart/domain';
import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import type { Codec } from './codecs.ts';

/** A reading of a result by its object; an absent or invalid answer is null in the result. */
export interface ResultReading {
  oid: Oid;
  decoder: Codec<string> | Codec<number> | Codec<boolean>;
}
type Readings = Record<string, ResultReading>;
/** The values of a line test, by the names that the verdict uses. */
export type LineTestReadings = Partial<Record<LineTestReadingName | (typeof LINE_TEST_TIMES)[number], ResultReading>> &
  Readings;

export type StepVerdict = 'done' | 'failed' | 'wait';

/** A step that SNMP carries out. */
export type SnmpStep = { transport: 'snmp' } & (
  | { set: VarBind[] }
  | { readUntil: { oid: Oid; done: (value: SnmpValue) => StepVerdict; timeoutMs: number } }
  /** Readings by name with unit. */
  | { readResult: Readings }
);

/**
 * The steps of an action, carried out in order; the first that fails ends it. Each step names the transport that
 * carries it out; a further transport adds its own kind of step here.
 */
export type ActionStep = { waitForMs: number } | SnmpStep;

/** Steps that SNMP carries out. */
export const snmp = {
  set: (varbinds: VarBind[]): SnmpStep => ({ transport: 'snmp', set: varbinds }),
  readUntil: (oid: Oid, done: (value: SnmpValue) => StepVerdict, timeoutMs: number): SnmpStep => ({
    transport: 'snmp',
    readUntil: { oid, done, timeoutMs },
  }),
  readResult: (readings: Readings): SnmpStep => ({ transport: 'snmp', readResult: readings }),
};
