import type { UpKind } from '@loopstart/contracts';
import type { Position } from '@loopstart/domain';
import { crc32c } from './crc32c.ts';
import { DISK_CODE_OF, KINDS_ON_DISK } from './lane-rules.ts';

/**
 * One message on disk, little endian:
 *
 *   0  u16 mark 0x534C ("LS")   2  u8 version   3  u8 kind
 *   4  u32 payload bytes        8  u32 CRC-32C of everything but itself
 *  12  u32 epoch               16  u64 sequence
 *  24  f64 written at, ms since the epoch
 *  32  payload: the JSON of the message's body
 */
export const FRAME_HEADER_BYTES = 32;
const MARK = 0x534c;
const VERSION = 1;
const CRC_AT = 8;
const EPOCH_MAX = 0xffff_ffff;
/** Far above the largest message; a greater length is damage. */
const PAYLOAD_BYTES_MAX = 1_048_576;

/** Place of a frame in its file, and its header. */
export interface FrameEntry {
  offset: number;
  /** Header and payload. */
  bytes: number;
  kind: UpKind;
  position: Position;
  /** When it was written, ms since the epoch. */
  at: number;
}

/** Bytes that are not a frame although frames follow: damage, not a torn end. */
export interface Damage {
  offset: number;
  bytes: number;
}

export interface Scan {
  frames: FrameEntry[];
  damages: Damage[];
  /** Bytes up to the end of the last complete frame; the rest is a torn write. */
  goodBytes: number;
}

/** Builds a frame. Throws RangeError when the payload or the epoch does not fit the layout. */
export function encodeFrame(frame: {
  kind: UpKind;
  position: Position;
  at: number;
  payload: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  const [epoch, seq] = frame.position;
  if (frame.payload.length > PAYLOAD_BYTES_MAX) throw new RangeError(`payload of ${frame.payload.length} bytes`);
  if (epoch > EPOCH_MAX) throw new RangeError(`epoch ${epoch} does not fit 32 bits`);
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + frame.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, MARK, true);
  view.setUint8(2, VERSION);
  view.setUint8(3, DISK_CODE_OF[frame.kind]);
  view.setUint32(4, frame.payload.length, true);
  view.setUint32(12, epoch, true);
  view.setBigUint64(16, BigInt(seq), true);
  view.setFloat64(24, frame.at, true);
  bytes.set(frame.payload, FRAME_HEADER_BYTES);
  view.setUint32(CRC_AT, frameCrc(bytes, 0, bytes.length), true);
  return bytes;
}

/** Reads the frame at `offset`; null when there is no complete, undamaged frame. */
export function readFrame(bytes: Uint8Array, offset: number): FrameEntry | null {
  if (offset + FRAME_HEADER_BYTES > bytes.length) return null;
  // Cheap checks first: the search for the next frame after damage tries every byte.
  if (bytes[offset] !== (MARK & 0xff) || bytes[offset + 1] !== MARK >> 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(offset + 2) !== VERSION) return null;
  const kind = KINDS_ON_DISK[view.getUint8(offset + 3)];
  const length = view.getUint32(offset + 4, true);
  const end = offset + FRAME_HEADER_BYTES + length;
  if (kind === undefined || length > PAYLOAD_BYTES_MAX || end > bytes.length) return null;
  if (view.getUint32(offset + CRC_AT, true) !== frameCrc(bytes, offset, end)) return null;
  return {
    offset,
    bytes: end - offset,
    kind,
    position: [view.getUint32(offset + 12, true), Number(view.getBigUint64(offset + 16, true))],
    at: view.getFloat64(offset + 24, true),
  };
}

/**
 * Finds all frames of a file. After bad bytes it searches for the next complete frame, so one bad sector costs little.
 */
export function scanFrames(bytes: Uint8Array): Scan {
  const frames: FrameEntry[] = [];
  const damages: Damage[] = [];
  let goodBytes = 0;
  for (let offset = 0; offset < bytes.length;) {
    const frame = readFrame(bytes, offset);
    if (frame === null) {
      offset += 1;
      continue;
    }
    if (frame.offset > goodBytes) damages.push({ offset: goodBytes, bytes: frame.offset - goodBytes });
    frames.push(frame);
    offset = goodBytes = frame.offset + frame.bytes;
  }
  return { frames, damages, goodBytes };
}

/** The checksum covers header and payload, except its own four bytes. */
function frameCrc(bytes: Uint8Array, start: number, end: number): number {
  return crc32c(bytes, start + CRC_AT + 4, end, crc32c(bytes, start, start + CRC_AT));
}
