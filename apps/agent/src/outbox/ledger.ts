import type { Position } from '@loopstart/domain';
import { crc32c } from './crc32c.ts';
import type { StorageFile } from './storage.ts';

/** State that must outlive the messages themselves. */
export interface Ledger {
  /** The boot epoch in use. */
  epoch: number;
  /** How often the agent was started; the engine boots of RFC 3414 section 2.2.2. */
  starts: number;
  /** The last assigned sequence that is not in a file any more, or a later one. */
  lastSeq: number;
  /** Everything up to here is committed in the cloud, by the last acknowledgement. */
  acked: Position;
  /** The last message that was acknowledged and removed: messages before it cannot be sent again. */
  floor: Position;
  /** Everything up to here was acknowledged to a former agent id and is not sent to the current one. */
  skip: Position;
  /** The agent whose stream this is; a machine that is enrolled again is another agent. */
  owner: string;
}

const SLOT_BYTES = 512;
const CRC_AT = 96;
const MARK = 0x4c4f_4f50;

/**
 * Two slots in one small file of fixed size, written in turn. Overwriting in place needs no free disk, so an epoch can
 * be taken while the disk is full; a torn write damages only the slot being written.
 */
export class LedgerFile {
  readonly #file: StorageFile;
  #turn: number;

  private constructor(file: StorageFile, turn: number) {
    this.#file = file;
    this.#turn = turn;
  }

  /** Opens the file; `ledger` is null when no slot has a complete record (a new or destroyed outbox). */
  static async open(file: StorageFile): Promise<{ file: LedgerFile; ledger: Ledger | null }> {
    const bytes = new Uint8Array(SLOT_BYTES * 2);
    await file.read(bytes, 0);
    const found = [0, 1]
      .map((slot) => decode(bytes.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES)))
      .filter((record) => record !== null)
      .toSorted((a, b) => b.turn - a.turn)[0];
    return { file: new LedgerFile(file, found?.turn ?? 0), ledger: found?.ledger ?? null };
  }

  /** Writes and flushes. Until it resolves the former record counts. */
  async write(ledger: Ledger): Promise<void> {
    const turn = this.#turn + 1;
    await this.#file.write(encode(ledger, turn), (turn % 2) * SLOT_BYTES);
    await this.#file.sync();
    this.#turn = turn;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function encode(ledger: Ledger, turn: number): Uint8Array {
  const bytes = new Uint8Array(SLOT_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MARK, true);
  view.setFloat64(4, turn, true);
  view.setFloat64(12, ledger.epoch, true);
  view.setUint32(20, ledger.starts, true);
  view.setFloat64(24, ledger.lastSeq, true);
  view.setFloat64(32, ledger.acked[0], true);
  view.setFloat64(40, ledger.acked[1], true);
  view.setFloat64(48, ledger.floor[0], true);
  view.setFloat64(56, ledger.floor[1], true);
  view.setFloat64(64, ledger.skip[0], true);
  view.setFloat64(72, ledger.skip[1], true);
  bytes.set(Buffer.from(ledger.owner, 'hex').subarray(0, 16), 80);
  view.setUint32(CRC_AT, crc32c(bytes, 0, CRC_AT), true);
  return bytes;
}

function decode(bytes: Uint8Array): { turn: number; ledger: Ledger } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MARK || view.getUint32(CRC_AT, true) !== crc32c(bytes, 0, CRC_AT)) return null;
  return {
    turn: view.getFloat64(4, true),
    ledger: {
      epoch: view.getFloat64(12, true),
      starts: view.getUint32(20, true),
      lastSeq: view.getFloat64(24, true),
      acked: [view.getFloat64(32, true), view.getFloat64(40, true)],
      floor: [view.getFloat64(48, true), view.getFloat64(56, true)],
      skip: [view.getFloat64(64, true), view.getFloat64(72, true)],
      owner: Buffer.from(bytes.subarray(80, 96)).toString('hex'),
    },
  };
}

/**
 * The epoch of a new start: after every epoch ever used, and at least the time in seconds, so that an agent whose state
 * was lost or restored from an old copy does not reuse old positions, which the cloud would take for repetitions.
 */
export function nextEpoch(lastUsed: number, nowMs: number): number {
  return Math.max(lastUsed + 1, Math.min(Math.floor(nowMs / 1000), 0xffff_0000));
}

/** An agent's id as the ledger keeps it. */
export function ownerOf(agentId: string): string {
  return agentId.replaceAll('-', '').toLowerCase();
}
