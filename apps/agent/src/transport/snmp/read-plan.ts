import type { Answers, SnmpReads } from '@loopstart/drivers';
import {
  RequestSizer,
  type Oid,
  type ReadFailure,
  type RequestSizeMemory,
  type SnmpClient,
  type SnmpTarget,
} from '@loopstart/snmp';
import type { PlanReading } from '../device-transport.ts';

/** The reader of a gateway; the part of SnmpClient that is used. */
export type SnmpReader = Pick<SnmpClient, 'read' | 'readColumns'>;

/** State of one gateway between readings, so that the next requests exactly what it can answer and has. */
export interface ReadMemory {
  /** Rows that each table had last time, by its first column: the exact number saves superfluous values. */
  rowsSeen: Map<Oid, number>;
  sizer: RequestSizer;
}

export function readMemory(size: RequestSizeMemory | null = null, now?: () => number): ReadMemory {
  return { rowsSeen: new Map(), sizer: new RequestSizer(size, now) };
}

/** sysUpTime (RFC 3418): every SNMP agent has it. */
export const SYS_UP_TIME = '1.3.6.1.2.1.1.3.0';

/**
 * Reads the objects of a plan, one request after the other. Objects that the gateway cannot answer are left out, listed
 * in `unread` and reported as a problem; rejects with SnmpError when nothing is answered, only errors, or only the
 * uptime.
 */
export async function executePlan(
  client: SnmpReader,
  target: SnmpTarget,
  plan: SnmpReads,
  { rowsSeen, sizer }: ReadMemory,
): Promise<PlanReading> {
  const failures: ReadFailure[] = [];
  const answers: Answers = { scalars: new Map(), columns: new Map() };
  let cellCount = 0;
  const scalars = await client.read(target, plan.scalars, sizer);
  failures.push(...scalars.failures);
  for (const { oid, value } of scalars.varbinds) answers.scalars.set(oid, value);
  const others = scalars.varbinds.filter(({ oid }) => oid !== SYS_UP_TIME).length;
  /** Uptime alone is no reading: the gateway answers, and cannot be read. */
  const refuseEmpty = () => {
    const [failure] = failures;
    if (failure !== undefined && others === 0 && cellCount === 0) throw failure.error;
  };
  for (const { columns, rowsMax } of plan.tables) {
    const [first] = columns;
    if (first === undefined) continue;
    const seen = rowsSeen.get(first);
    // One more than there are, so that the end arrives with the last rows.
    const maxRepetitions = seen === undefined ? plan.maxRepetitions : Math.min(plan.maxRepetitions, seen + 1);
    const { columnsPerPdu } = plan;
    const read = await client.readColumns(target, columns, { maxRepetitions, columnsPerPdu, rowsMax }, sizer);
    failures.push(...read.failures);
    let rows = 0;
    for (const [oid, cells] of read.columns) {
      answers.columns.set(oid, cells);
      rows = Math.max(rows, cells.size);
      cellCount += cells.size;
    }
    rowsSeen.set(first, rows);
    refuseEmpty();
  }
  refuseEmpty();
  return {
    answers,
    problems: failures.map(({ oid, error }) => ({ oid, why: `it cannot be read: ${error.message}` })),
    unread: new Set(failures.map(({ oid }) => oid)),
  };
}

/** Whether a column, or a cell of it, is among the unread objects. */
export function isUnread(unread: ReadonlySet<Oid>, column: Oid): boolean {
  for (const oid of unread) if (oid === column || oid.startsWith(`${column}.`)) return true;
  return false;
}
