export type SnmpErrorCode =
  | 'timeout'
  | 'error-status'
  | 'decode'
  | 'auth'
  | 'not-in-time-window'
  | 'unknown-user'
  | 'unreachable'
  | 'too-big'
  | 'not-increasing'
  | 'limit'
  /** An answer came from another address or port than the one asked; it was refused. */
  | 'other-address'
  /** Small requests are answered, this one is not. */
  | 'not-answered'
  | 'closed';

/** Names of error-status by number (RFC 3416 section 3). */
export const ERROR_STATUS_NAMES = [
  'noError',
  'tooBig',
  'noSuchName',
  'badValue',
  'readOnly',
  'genErr',
  'noAccess',
  'wrongType',
  'wrongLength',
  'wrongEncoding',
  'wrongValue',
  'noCreation',
  'inconsistentValue',
  'resourceUnavailable',
  'commitFailed',
  'undoFailed',
  'authorizationError',
  'notWritable',
  'inconsistentName',
] as const;

export type ErrorStatusName = (typeof ERROR_STATUS_NAMES)[number];

/** error-status numbers by name, for views that answer SET. */
export const ERROR_STATUS = Object.fromEntries(ERROR_STATUS_NAMES.map((name, status) => [name, status])) as Readonly<
  Record<ErrorStatusName, number>
>;

/** The only error that this package throws or rejects with because of a peer. */
export class SnmpError extends Error {
  readonly code: SnmpErrorCode;
  /** Name of the peer's error-status, with code 'error-status' and 'too-big'. */
  readonly errorStatus?: string;
  /** 1-based position of the varbind that the peer names; 0 where it names none. */
  readonly errorIndex?: number;

  constructor(code: SnmpErrorCode, message: string, detail?: { errorStatus?: string; errorIndex?: number }) {
    super(message);
    this.name = 'SnmpError';
    this.code = code;
    if (detail?.errorStatus !== undefined) this.errorStatus = detail.errorStatus;
    if (detail?.errorIndex !== undefined) this.errorIndex = detail.errorIndex;
  }
}

/** The error of an answer with an error status. */
export function refusalOf({ errorStatus, errorIndex }: { errorStatus: number; errorIndex: number }): SnmpError {
  const name = ERROR_STATUS_NAMES[errorStatus] ?? `unknown(${errorStatus})`;
  const code = errorStatus === ERROR_STATUS.tooBig ? 'too-big' : 'error-status';
  return new SnmpError(code, `the agent answers ${name} at ${errorIndex}`, { errorStatus: name, errorIndex });
}
