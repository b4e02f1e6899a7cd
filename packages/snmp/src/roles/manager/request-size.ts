/** Size of one request to an agent. */
export interface RequestSize {
  /** Objects in one GET. */
  readonly oids: number;
  /** Values in one GETBULK or GETNEXT: columns times repetitions. */
  readonly values: number;
  /** Whether GETBULK is used (RFC 3416 section 4.2.3); else GETNEXT, one row at a time. */
  readonly bulk: boolean;
}

/** Agents with small buffers answer larger requests with tooBig, or not at all; then their requests become smaller. */
export const FULL_SIZE: RequestSize = { oids: 40, values: 1_000, bulk: true };

/** The state of an agent that cannot answer `FULL_SIZE`. Times are ms since the epoch. */
export interface RequestSizeMemory extends RequestSize {
  /** When a larger request is tried again. */
  readonly tryAtMs: number;
  /** The pause after a failed try. */
  readonly waitMs: number;
}

/** The operation of the request; of a table GETBULK or GETNEXT. */
export type AskedBy = 'get' | 'bulk' | 'next';

/** A GETBULK for this few values that is refused or lost is not too large: the agent has no GETBULK. */
const BULK_VALUES_MIN = 8;
/** Columns of one row in the first GETNEXT. */
const NEXT_VALUES = 4;
/** Pause between two tries of larger requests, while they succeed and at most. */
const TRY_MS = 600_000;
const TRY_MS_MAX = 86_400_000;

/**
 * A quarter of the request; below that GETNEXT instead of GETBULK, then single values. Null: there is no smaller one.
 * Pure.
 */
export function smallerSize(size: RequestSize, by: AskedBy, asked: number, divisor: 2 | 4): RequestSize | null {
  const less = Math.max(1, Math.floor(asked / divisor));
  if (by === 'get') return asked <= 1 ? null : { ...size, oids: Math.min(size.oids, less) };
  const values = Math.min(size.values, less);
  if (by === 'next') return asked <= 1 ? null : { ...size, values };
  return asked <= BULK_VALUES_MIN ? { ...size, values: NEXT_VALUES, bulk: false } : { ...size, values };
}

function largerSize({ oids, values, bulk }: RequestSize): RequestSize {
  return {
    oids: Math.min(FULL_SIZE.oids, oids * 2),
    values: bulk ? Math.min(FULL_SIZE.values, values * 2) : BULK_VALUES_MIN,
    bulk: true,
  };
}

/** The request that a size permits. */
function borne({ oids, values, bulk }: RequestSize, by: AskedBy): number {
  if (by === 'get') return oids;
  return by === 'bulk' && !bulk ? 0 : values;
}

function isFull({ oids, values, bulk }: RequestSize): boolean {
  return bulk && oids >= FULL_SIZE.oids && values >= FULL_SIZE.values;
}

/**
 * Remembers how large a request one agent can answer, and tries a larger one from time to time. `now` gives ms since
 * the epoch, because the state outlives the process.
 */
export class RequestSizer {
  readonly #now: () => number;
  #memory: RequestSizeMemory | null;
  /** A size larger than the remembered one, while it is tried. */
  #trial: RequestSize | null = null;

  constructor(memory: RequestSizeMemory | null = null, now: () => number = () => Date.now()) {
    this.#memory = memory;
    this.#now = now;
  }

  /** The state to keep over a restart; null while the agent answers full requests. */
  get memory(): RequestSizeMemory | null {
    return this.#memory;
  }

  get size(): RequestSize {
    const memory = this.#memory;
    if (memory === null) return FULL_SIZE;
    if (this.#trial !== null) return this.#trial;
    const nowMs = this.#now();
    // After a clock was set back, the next try must not wait for years.
    if (nowMs < memory.tryAtMs && memory.tryAtMs - nowMs <= TRY_MS_MAX) return memory;
    this.#trial = largerSize(memory);
    return this.#trial;
  }

  /** The agent answered a request of the current size: a try that was really larger has succeeded. */
  bore(by: AskedBy, asked: number): void {
    const memory = this.#memory;
    const trial = this.#trial;
    if (memory === null || trial === null) return;
    if (asked <= borne(memory, by)) return;
    this.#trial = null;
    const grown: RequestSize =
      by === 'get' ? { ...memory, oids: trial.oids } : { ...memory, values: trial.values, bulk: trial.bulk };
    this.#memory = isFull(grown) ? null : { ...grown, tryAtMs: this.#now() + TRY_MS, waitMs: TRY_MS };
  }

  /** The agent could not answer `asked`. False: there is no smaller request. */
  refused(by: AskedBy, asked: number, divisor: 2 | 4 = 4): boolean {
    const memory = this.#memory;
    if (memory !== null && this.#trial !== null) {
      // The former size worked: return to it, and wait longer until the next try.
      this.#trial = null;
      const waitMs = Math.min(TRY_MS_MAX, memory.waitMs * 2);
      this.#memory = { ...memory, waitMs, tryAtMs: this.#now() + waitMs };
      if (asked > borne(memory, by)) return true;
    }
    const smaller = smallerSize(this.size, by, asked, divisor);
    if (smaller === null) return false;
    const waitMs = this.#memory?.waitMs ?? TRY_MS;
    this.#memory = { ...smaller, waitMs, tryAtMs: this.#now() + waitMs };
    this.#trial = null;
    return true;
  }

  /** GETBULK is refused with an error status for any request; GETNEXT is not. */
  refusedBulk(): void {
    const { oids } = this.size;
    const waitMs = Math.min(TRY_MS_MAX, (this.#memory?.waitMs ?? TRY_MS / 2) * 2);
    this.#trial = null;
    this.#memory = { oids, values: FULL_SIZE.values, bulk: false, waitMs, tryAtMs: this.#now() + waitMs };
  }
}
