import type { UnreadableCode } from '@loopstart/domain';
import type { Answers, Problem, ReadPlan } from '@loopstart/drivers';
import { SnmpError, type Oid, type SnmpClient, type SnmpErrorCode, type SnmpTarget } from '@loopstart/snmp';

/** What reads a gateway; the part of SnmpClient that is used. */
export type SnmpReader = Pick<SnmpClient, 'get' | 'columns'>;

/** Errors that concern one table and leave the rest readable: the gateway answers, but not sensibly. */
const TABLE_ERRORS: ReadonlySet<SnmpErrorCode> = new Set([
  'error-status',
  'decode',
  'too-big',
  'not-increasing',
  'limit',
]);

/** Rows each table had last time, by its first column: asking for just so many spares values nobody needs. */
export type RowsSeen = Map<Oid, number>;

/**
 * Reads what a plan says, one request after the other. A table that the gateway answers wrongly is left out and told
 * as a problem; no answer at all rejects with SnmpError.
 */
export async function executePlan(
  client: SnmpReader,
  target: SnmpTarget,
  plan: ReadPlan,
  rowsSeen: RowsSeen,
): Promise<{ answers: Answers; problems: Problem[] }> {
  const problems: Problem[] = [];
  const answers: Answers = { scalars: new Map(), columns: new Map() };
  for (const { oid, value } of await client.get(target, plan.scalars)) answers.scalars.set(oid, value);
  for (const { columns, rowsMax } of plan.tables) {
    const [first] = columns;
    if (first === undefined) continue;
    const seen = rowsSeen.get(first);
    // One more than there are, so that the end is seen with the last rows.
    const maxRepetitions = seen === undefined ? plan.maxRepetitions : Math.min(plan.maxRepetitions, seen + 1);
    try {
      const { columnsPerPdu } = plan;
      const read = await client.columns(target, columns, { maxRepetitions, columnsPerPdu, rowsMax });
      let rows = 0;
      for (const [oid, cells] of read) {
        answers.columns.set(oid, cells);
        rows = Math.max(rows, cells.size);
      }
      rowsSeen.set(first, rows);
    } catch (error) {
      if (!(error instanceof SnmpError) || !TABLE_ERRORS.has(error.code)) throw error;
      problems.push({ oid: first, why: `the table cannot be read: ${error.message}` });
    }
  }
  return { answers, problems };
}

/** Why a gateway is not read: a code to decide by, and a sentence for the operator. */
export interface Unreadable {
  code: UnreadableCode;
  text: string;
}

const CODES: Readonly<Record<SnmpErrorCode, UnreadableCode>> = {
  timeout: 'no-answer',
  unreachable: 'network-unreachable',
  auth: 'authentication-failed',
  'unknown-user': 'unknown-user',
  'not-in-time-window': 'clock-not-agreed',
  'error-status': 'snmp-error',
  decode: 'invalid-answer',
  'too-big': 'small-questions-only',
  'not-increasing': 'invalid-answer',
  limit: 'invalid-answer',
  closed: 'unknown',
};

/** Why a gateway could not be read. */
export function unreadable(error: unknown): Unreadable {
  const code = error instanceof SnmpError ? CODES[error.code] : 'unknown';
  return { code, text: plainReason(error).slice(0, 200) };
}

/** Why a gateway could not be read, one plain sentence for an operator. */
export function plainReason(error: unknown): string {
  if (!(error instanceof SnmpError)) return error instanceof Error ? error.message.slice(0, 200) : 'unknown';
  switch (error.code) {
    case 'timeout':
      return 'It does not answer SNMP: no power, no network, a wrong community, or not allowed to answer this agent.';
    case 'unreachable':
      return `It cannot be reached over the network (${error.message.slice(0, 100)}).`;
    case 'auth':
      return 'It refuses the passphrase of the SNMPv3 user.';
    case 'unknown-user':
      return 'It does not know the SNMPv3 user.';
    case 'not-in-time-window':
      return 'Its SNMPv3 clock cannot be agreed on.';
    default:
      return `Its answers are not valid SNMP (${error.message.slice(0, 120)}).`;
  }
}
