/** Classes of SQLSTATE (PostgreSQL appendix A) for errors in the values: data, integrity, cardinality. */
const VALUE_CLASSES: ReadonlySet<string> = new Set(['21', '22', '23']);
/** `datatype_mismatch`: a row type has changed since it was read. */
const ROW_TYPE_CHANGED = '42804';
/** `check_violation`: also the error of a partitioned table without a partition for a row. */
const CHECK_VIOLATION = '23514';
/** `query_canceled`, `deadlock_detected` and the like have a code of another class, and are not caused by a message. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * The cause of a failed commit: a value of a message, the schema (changed, or a partition missing), or the database.
 */
export function blameOf(error: unknown): 'message' | 'schema' | 'database' {
  const code = (error as { code?: unknown } | null)?.code;
  // An error that did not come from the database or the network is our own, caused by a value of a message.
  if (typeof code !== 'string') return error instanceof Error && isConnectionLoss(error) ? 'database' : 'message';
  if (code === ROW_TYPE_CHANGED || (code === CHECK_VIOLATION && /no partition/.test((error as Error).message)))
    return 'schema';
  return SQLSTATE.test(code) && VALUE_CLASSES.has(code.slice(0, 2)) ? 'message' : 'database';
}

/** Errors of the client library that have no code. */
function isConnectionLoss({ message }: Error): boolean {
  return /connection terminated|timeout exceeded|client has encountered|not queryable|pool after calling end/i.test(
    message,
  );
}
