import type { ErrorCode } from '@loopstart/contracts';
import { LimitedLog } from '../observe/limited-log.ts';
import type { Logger } from '../observe/logger.ts';
import type { Caller } from './implements.ts';

/** Answers that say no to what somebody tried: a right, a network, a limit or the form of the input stood in the way. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-allowed',
  'people-only',
  'csrf-refused',
  'network-not-allowed',
  'operator-suspended',
  'invalid-input',
  'too-large',
  'too-many-requests',
]);

/** One request that was refused. */
export interface Refused {
  code: ErrorCode;
  /** The path as the route names it; what was sent may be a secret in the wrong place, and is not kept. */
  route: string;
  requestId: string;
  address: string | null;
  /** Absent: nobody who is known. */
  caller?: Caller | undefined;
}

/** Writes refusals down, a limited number a minute for each who causes them (ASVS 5.0, 16.3.2 and 16.3.3). */
export class RefusalLog {
  readonly #lines: LimitedLog;

  constructor(log: Pick<Logger, 'warn'>, now: () => number) {
    this.#lines = new LimitedLog(log, now);
  }

  note({ code, route, requestId, address, caller }: Refused): void {
    if (!REFUSALS.has(code)) return;
    const { id, by } = whoIs(caller);
    this.#lines.warn(id ?? address ?? 'unknown', { code, route, requestId, address, ...by }, 'request refused');
  }
}

function whoIs(caller: Caller | undefined): { id: string | null; by: object } {
  if (caller === undefined) return { id: null, by: {} };
  const { operatorId } = caller;
  return caller.kind === 'person'
    ? { id: caller.userId, by: { operatorId, userId: caller.userId } }
    : { id: caller.tokenId, by: { operatorId, tokenId: caller.tokenId } };
}
