import { AGENT_MESSAGE_BYTES_MAX, type Gap, type UpBodyInput, type UpKind } from '@loopstart/contracts';
import { comparePositions, type Position } from '@loopstart/domain';
import type { Clock } from '../core/clock.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { segmentBytes } from './drop-policy.ts';
import { encodeFrame, type FrameEntry } from './frame.ts';
import { gapOf, gapOfDamage, gapOfSegments, mergeGaps, shed } from './eviction.ts';
import type { OutgoingFrame, Staged } from './lane.ts';
import { LANE_OF, LANES } from './lane-rules.ts';
import { openOutboxFiles, type OpenedOutbox } from './opening.ts';
import { countUnacked, readMessages, type OutboxMessage } from './reading.ts';
import { Capacity } from './capacity.ts';
import { isDiskFull, type Storage } from './storage.ts';

export interface OutboxStats {
  /** Unacknowledged messages, on disk and waiting for it. */
  messages: number;
  bytes: number;
  oldestAt: number | null;
  /** True while the disk refuses writes; messages wait in memory. */
  diskFull: boolean;
}

export interface OutboxOptions {
  storage: Storage;
  clock: Clock;
  /** The agent whose stream it is. */
  agentId: string;
  bytesMax: number;
  /** Called when messages were evicted, with their number by kind. */
  onLost?: (gap: Gap) => void;
  onError?: (error: unknown) => void;
}

/** How long a message waits for others to share its flush. */
const COMMIT_LINGER_MS = 20;
/** How long to wait before a refused write is tried again. */
const RETRY_MS = 1_000;
/**
 * Limit of messages waiting in memory while the disk takes nothing, and from when on older telemetry is evicted for
 * them.
 */
const PENDING_BYTES_MAX = 4_194_304;
const PENDING_BYTES_CALM = 1_048_576;
/** Bytes kept free for the envelope around a body. */
const ENVELOPE_BYTES = 256;

/** A body that is too large for a message; the sender has to split it. */
export class MessageTooLargeError extends Error {
  override readonly name = 'MessageTooLargeError';
}

/**
 * Every message of the agent passes here: flushed to disk before it may be sent, kept until the cloud has committed it,
 * evicted only by the policy of `drop-policy.ts`, and never without a `gap`.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #clock: Clock;
  readonly #files: OpenedOutbox;
  readonly #books: Bookkeeping;
  readonly #capacity: Capacity;
  readonly #limits: { bytesMax: number };
  readonly #encoder = new TextEncoder();
  readonly #listeners = new Set<() => void>();
  /** Positions that could not be read and were reported. */
  readonly #unreadable = new Set<string>();
  #pending: OutgoingFrame[] = [];
  #pendingBytes = 0;
  /** Losses that are not written to a gap yet. */
  #unreported: Gap | null = null;
  #diskFull = false;
  #timer: { at: number; cancel: () => void } | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(options: OutboxOptions, files: OpenedOutbox, limits: { bytesMax: number }) {
    this.#options = options;
    this.#clock = options.clock;
    this.#files = files;
    this.#limits = limits;
    this.#books = new Bookkeeping(files, options.clock);
    this.#capacity = new Capacity(this.#books, files.lanes);
  }

  /** Opens the outbox in its folder and begins a new epoch. */
  static async open(options: OutboxOptions): Promise<Outbox> {
    const limits = { bytesMax: options.bytesMax };
    const files = await openOutboxFiles(options.storage, limits, options.agentId, options.clock.now());
    const outbox = new Outbox(options, files, limits);
    for (const damage of files.damages) outbox.#lose(gapOfDamage(damage));
    outbox.#schedule(0);
    return outbox;
  }

  /** The boot epoch that new messages carry. */
  get epoch(): number {
    return this.#files.ledger.epoch;
  }

  /** How often this agent was started. */
  get starts(): number {
    return this.#files.ledger.starts;
  }

  /** The position up to which the cloud has acknowledged everything. */
  get acked(): Position {
    return this.#files.ledger.acked;
  }

  /** The last assigned position. */
  get last(): Position {
    return [this.epoch, this.#books.seq];
  }

  setBytesMax(bytesMax: number): void {
    this.#limits.bytesMax = bytesMax;
  }

  /** Calls `listener` whenever more messages are on disk. Returns a function that stops it. */
  onCommitted(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Takes a message. It is on disk after at most 50 ms, or at once when `urgent`, and only then can be read and sent.
   * Throws MessageTooLargeError when the body does not fit a message.
   */
  append<K extends UpKind>(kind: K, body: UpBodyInput<K>, options: { urgent?: boolean } = {}): Position {
    const payload = this.#encoder.encode(JSON.stringify(body));
    if (payload.length + ENVELOPE_BYTES > AGENT_MESSAGE_BYTES_MAX) {
      throw new MessageTooLargeError(`a ${kind} of ${payload.length} bytes does not fit into a message`);
    }
    const position: Position = [this.epoch, ++this.#books.seq];
    const at = this.#clock.now();
    const data = encodeFrame({ kind, position, at, payload });
    this.#pending.push({ kind, position, at, data });
    this.#pendingBytes += data.length;
    if (this.#pendingBytes > PENDING_BYTES_MAX) this.#shedPending();
    this.#schedule(this.#diskFull ? RETRY_MS : options.urgent === true ? 0 : COMMIT_LINGER_MS);
    return position;
  }

  /** Tries to write everything taken so far to disk; false when the disk refuses. It is then tried again later. */
  flush(): Promise<boolean> {
    return this.#exclusive(async () => {
      await this.#commit();
      return this.#pending.length === 0;
    });
  }

  /** Messages after `position` in the order they were taken, at most as many as requested (at least one if any). */
  async readAfter(position: Position, messagesMax: number, bytesMax: number): Promise<OutboxMessage[]> {
    const lanes = LANES.map((name) => this.#files.lanes[name]);
    const from = this.#afterSkipped(position);
    const { messages, unreadable } = await readMessages(lanes, from, messagesMax, bytesMax);
    for (const entry of unreadable) this.#reportUnreadable(entry);
    return messages;
  }

  /**
   * The cloud has committed everything up to `position`; older messages may be removed. An acknowledgement of a
   * position never sent means that this outbox is an old copy: the cloud would take its messages for repetitions, so
   * they are dropped, with a gap, and a later epoch begins.
   */
  ack(position: Position): Promise<void> {
    return this.#exclusive(async () => {
      const { ledger } = this.#files;
      if (comparePositions(position, this.last) > 0) return this.#leapOver(position);
      if (comparePositions(position, ledger.acked) <= 0) return;
      ledger.acked = position;
      await this.#books.removeAcked(segmentBytes(this.#limits.bytesMax) / 2);
    });
  }

  /**
   * The cloud has only the messages up to `position`, fewer than it had acknowledged before. Stored messages will be
   * sent again; for missing ones, a gap is reported.
   */
  rewind(position: Position): Promise<void> {
    return this.#exclusive(async () => {
      const { ledger } = this.#files;
      if (comparePositions(position, ledger.acked) >= 0) return;
      if (comparePositions(position, ledger.floor) < 0) {
        const lost = Math.max(1, ledger.floor[1] - position[1]);
        this.#lose({ reason: 'server-rewound', fromAt: null, toAt: null, lost: { unknown: lost } });
        this.#schedule(0);
        // Counted once: the same rewind again finds nothing more missing.
        ledger.floor = position;
      }
      ledger.acked = position;
      await this.#books.write();
    });
  }

  stats(): OutboxStats {
    const onDisk = countUnacked(this.#books.segments(), this.#afterSkipped(this.acked));
    return {
      messages: onDisk.messages + this.#pending.length,
      bytes: onDisk.bytes + this.#pendingBytes,
      oldestAt: onDisk.oldestAt ?? this.#pending[0]?.at ?? null,
      diskFull: this.#diskFull,
    };
  }

  /** Free bytes on the outbox's disk, null where that is not known. */
  freeBytes(): Promise<number | null> {
    return this.#options.storage.freeBytes();
  }

  /** Writes what can be written and closes the files. */
  async close(): Promise<void> {
    await this.flush();
    this.#closed = true;
    this.#timer?.cancel();
    await this.#exclusive(async () => {
      await this.#books.write().catch((error: unknown) => this.#options.onError?.(error));
      for (const name of LANES) await this.#files.lanes[name].close();
      await this.#files.ledgerFile.close();
    });
  }

  /** The messages that a former agent of this machine had acknowledged do not matter any more. */
  #afterSkipped(position: Position): Position {
    const { skip } = this.#files.ledger;
    return comparePositions(position, skip) > 0 ? position : skip;
  }

  /** Runs one operation on the files at a time. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #schedule(delayMs: number): void {
    if (this.#closed) return;
    const at = this.#clock.monotonicMs() + delayMs;
    if (this.#timer !== null) {
      if (this.#timer.at <= at) return;
      this.#timer.cancel();
    }
    const cancel = this.#clock.schedule(delayMs, () => {
      this.#timer = null;
      this.flush().catch((error: unknown) => this.#options.onError?.(error));
    });
    this.#timer = { at, cancel };
  }

  async #commit(): Promise<void> {
    for (;;) {
      if (this.#unreported !== null && !this.#diskFull) this.#takeUnreported();
      if (this.#pending.length === 0) break;
      try {
        await this.#writePending();
      } catch (error) {
        this.#options.onError?.(error);
        if (isDiskFull(error)) await this.#evictOnFullDisk();
        this.#schedule(RETRY_MS);
        return;
      }
    }
    await this.#keepWithinLimit();
  }

  async #writePending(): Promise<void> {
    const batch = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    try {
      await this.#write(batch);
    } catch (error) {
      this.#pending = [...batch, ...this.#pending];
      this.#pendingBytes = this.#pending.reduce((sum, frame) => sum + frame.data.length, 0);
      throw error;
    }
    this.#diskFull = false;
    for (const listener of this.#listeners) listener();
  }

  /** All or nothing over the lanes: a message must never become visible after a later one. */
  async #write(frames: readonly OutgoingFrame[]): Promise<void> {
    const staged: Staged[] = [];
    try {
      for (const name of LANES) {
        const part = frames.filter((frame) => LANE_OF[frame.kind] === name);
        if (part.length > 0) staged.push(await this.#files.lanes[name].stage(part));
      }
      await Promise.all(staged.map((stage) => stage.sync()));
    } catch (error) {
      for (const stage of staged) await stage.undo();
      throw error;
    }
    for (const stage of staged) stage.publish();
    if (frames.some((frame) => frame.kind === 'inventory')) this.#capacity.inventoryWritten();
  }

  /**
   * Older telemetry is evicted when a lasting message waits or much has accumulated; otherwise waiting costs nothing.
   */
  async #evictOnFullDisk(): Promise<void> {
    const lasting = this.#pending.some((frame) => LANE_OF[frame.kind] === 'lasting');
    this.#diskFull = true;
    if (!lasting && this.#pendingBytes < PENDING_BYTES_CALM) return;
    const gap = await this.#capacity.dropOldestTelemetry();
    if (gap !== null) this.#lose(gap);
  }

  async #keepWithinLimit(): Promise<void> {
    for (;;) {
      const eviction = await this.#capacity.nextEviction(this.#limits.bytesMax);
      if (eviction === null) return;
      // The gap is written before the eviction, so that a crash in between cannot lose it; but after it where the lane
      // of gaps is itself evicted from.
      if (!eviction.cutsLasting) await this.#recordGap(eviction.gap);
      await eviction.carryOut();
      if (eviction.cutsLasting) await this.#recordGap(eviction.gap);
    }
  }

  async #recordGap(gap: Gap): Promise<void> {
    this.#lose(gap);
    this.#takeUnreported();
    if (this.#pending.length > 0) await this.#writePending();
  }

  #lose(gap: Gap): void {
    if (Object.keys(gap.lost).length === 0) return;
    this.#unreported = mergeGaps(this.#unreported, gap);
    this.#options.onLost?.(gap);
  }

  #takeUnreported(): void {
    const gap = this.#unreported;
    if (gap === null) return;
    this.#unreported = null;
    this.append('gap', gap);
  }

  #shedPending(): void {
    const { kept, lost } = shed(this.#pending, PENDING_BYTES_MAX / 2);
    this.#pending = kept;
    this.#pendingBytes = kept.reduce((sum, frame) => sum + frame.data.length, 0);
    this.#lose(gapOf('disk-full', lost));
  }

  #reportUnreadable(entry: FrameEntry): void {
    const key = entry.position.join(':');
    if (this.#unreadable.has(key)) return;
    this.#unreadable.add(key);
    this.#lose(gapOf('outbox-damaged', [entry]));
    this.#schedule(0);
  }

  async #leapOver(position: Position): Promise<void> {
    const gap = await gapOfSegments('outbox-damaged', this.#books.segments(), this.acked);
    this.#lose(mergeGaps(gap, gapOf('outbox-damaged', this.#pending)));
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.#books.leapOver(position);
    this.#schedule(0);
  }
}
