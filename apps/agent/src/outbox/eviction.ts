import type { Gap } from '@loopstart/contracts';
import { comparePositions, type Position } from '@loopstart/domain';
import { readFrame, FRAME_HEADER_BYTES } from './frame.ts';
import type { Lane, LaneDamage, OutgoingFrame } from './lane.ts';
import { LANE_OF, LANES } from './lane-rules.ts';
import type { Segment } from './segment.ts';

const decoder = new TextDecoder();

/** Merges two gaps. The first one's reason is kept. */
export function mergeGaps(a: Gap | null, b: Gap): Gap {
  if (a === null) return b;
  const lost: Record<string, number> = { ...a.lost };
  for (const [kind, count] of Object.entries(b.lost)) lost[kind] = (lost[kind] ?? 0) + count;
  return { reason: a.reason, fromAt: least(a.fromAt, b.fromAt), toAt: greatest(a.toAt, b.toAt), lost };
}

/** What is lost with these frames. */
export function gapOf(reason: Gap['reason'], frames: Iterable<{ kind: string; at: number }>): Gap {
  const gap: Gap = { reason, fromAt: null, toAt: null, lost: {} };
  for (const frame of frames) {
    gap.lost[frame.kind] = (gap.lost[frame.kind] ?? 0) + 1;
    gap.fromAt = least(gap.fromAt, frame.at);
    gap.toAt = greatest(gap.toAt, frame.at);
  }
  return gap;
}

/** The losses with these files: messages not yet acknowledged; gaps among them are merged into the new one. */
export async function gapOfSegments(
  reason: Gap['reason'],
  segments: readonly Segment[],
  acked: Position,
): Promise<Gap> {
  let gap: Gap = gapOf(reason, []);
  for (const segment of segments) {
    for (let place = segment.index.firstAfter(acked); place < segment.index.count; place += 1) {
      const entry = segment.index.at(place);
      if (entry.kind !== 'gap') {
        gap = mergeGaps(gap, gapOf(reason, [entry]));
        continue;
      }
      const [bytes] = await segment.readFrames([entry]);
      const inner = bytes === undefined ? null : parseGap(bytes);
      if (inner !== null) gap = mergeGaps(gap, inner);
    }
  }
  return gap;
}

/** The gap for an unreadable part of a file. How many messages it had is unknown: at least one. */
export function gapOfDamage(damage: LaneDamage): Gap {
  return { reason: 'outbox-damaged', fromAt: damage.fromAt, toAt: damage.toAt, lost: { unknown: 1 } };
}

/**
 * Keeps only the last of each gateway's unacknowledged inventories. Returns what was removed. Rejects, with everything
 * unchanged, when the disk cannot take the new file.
 */
export async function compactInventory(lane: Lane, acked: Position): Promise<Gap> {
  const latest = new Map<string, OutgoingFrame>();
  const gone: { kind: string; at: number }[] = [];
  for (const segment of lane.segments) {
    for (let place = segment.index.firstAfter(acked); place < segment.index.count; place += 1) {
      const entry = segment.index.at(place);
      const [data] = await segment.readFrames([entry]);
      if (data === undefined || readFrame(data, 0) === null) {
        gone.push(entry);
        continue;
      }
      const frame = { kind: entry.kind, position: entry.position, at: entry.at, data: data.slice() };
      const gatewayId = gatewayOf(data);
      const former = latest.get(gatewayId);
      if (former !== undefined) gone.push(former);
      latest.set(gatewayId, frame);
    }
  }
  const kept = [...latest.values()].toSorted((a, b) => comparePositions(a.position, b.position));
  await lane.rewrite(kept);
  return gapOf('outbox-full', gone);
}

/**
 * Chooses which messages to drop that only wait in memory because the disk takes nothing, so that at most `bytesMax`
 * remain: by lane as in `drop-policy.ts`, oldest first.
 */
export function shed(
  pending: readonly OutgoingFrame[],
  bytesMax: number,
): { kept: OutgoingFrame[]; lost: OutgoingFrame[] } {
  let bytes = pending.reduce((sum, frame) => sum + frame.data.length, 0);
  const lost = new Set<OutgoingFrame>();
  for (const lane of LANES) {
    for (const frame of pending) {
      if (bytes <= bytesMax) break;
      if (LANE_OF[frame.kind] !== lane) continue;
      lost.add(frame);
      bytes -= frame.data.length;
    }
  }
  return { kept: pending.filter((frame) => !lost.has(frame)), lost: [...lost] };
}

function parseGap(frame: Uint8Array): Gap | null {
  try {
    return JSON.parse(decoder.decode(frame.subarray(FRAME_HEADER_BYTES))) as Gap;
  } catch {
    return null;
  }
}

/** The gateway of an inventory that this agent wrote; its own JSON, so it is known to be complete. */
function gatewayOf(frame: Uint8Array): string {
  const body = JSON.parse(decoder.decode(frame.subarray(FRAME_HEADER_BYTES))) as { gatewayId: string };
  return body.gatewayId;
}

function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function greatest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
