import type { UpKind } from '@loopstart/contracts';
import { comparePositions, type Position } from '@loopstart/domain';
import { FRAME_HEADER_BYTES, readFrame, type FrameEntry } from './frame.ts';
import { mergeAfter, type Lane } from './lane.ts';
import type { Segment } from './segment.ts';

/** A stored message; `body` is its JSON, unparsed. */
export interface OutboxMessage {
  kind: UpKind;
  position: Position;
  at: number;
  body: Uint8Array;
}

/** Messages in the order they were taken, and those whose bytes turned out to be damaged. */
export interface ReadMessages {
  messages: OutboxMessage[];
  unreadable: FrameEntry[];
}

/** Reads the messages after `position` over all lanes: at most as many as requested, at least one if there is any. */
export async function readMessages(
  lanes: readonly Lane[],
  position: Position,
  messagesMax: number,
  bytesMax: number,
): Promise<ReadMessages> {
  const picks = new Map<Segment, FrameEntry[]>();
  let count = 0;
  let bytes = 0;
  for (const { segment, entry } of mergeAfter(lanes, position)) {
    if (count > 0 && (count >= messagesMax || bytes + entry.bytes > bytesMax)) break;
    count += 1;
    bytes += entry.bytes;
    const entries = picks.get(segment);
    if (entries === undefined) picks.set(segment, [entry]);
    else entries.push(entry);
  }
  const messages: OutboxMessage[] = [];
  const unreadable: FrameEntry[] = [];
  for (const [segment, entries] of picks) {
    const frames = await segment.readFrames(entries);
    for (const [place, entry] of entries.entries()) {
      const data = frames[place] as Uint8Array;
      if (readFrame(data, 0) === null) unreadable.push(entry);
      else messages.push({ ...entry, body: data.subarray(FRAME_HEADER_BYTES) });
    }
  }
  return { messages: messages.toSorted((a, b) => comparePositions(a.position, b.position)), unreadable };
}

/** The content of these files after `acked`. */
export function countUnacked(
  segments: readonly Segment[],
  acked: Position,
): { messages: number; bytes: number; oldestAt: number | null } {
  let messages = 0;
  let bytes = 0;
  let oldestAt: number | null = null;
  for (const segment of segments) {
    const first = segment.index.firstAfter(acked);
    if (first === segment.index.count) continue;
    const entry = segment.index.at(first);
    messages += segment.index.count - first;
    bytes += segment.size - entry.offset;
    if (oldestAt === null || entry.at < oldestAt) oldestAt = entry.at;
  }
  return { messages, bytes, oldestAt };
}
