import type { LaneName } from './lane-rules.ts';

/** One file of messages as the policy sees it. Files of a lane are given oldest first. */
export interface DropCandidate {
  lane: LaneName;
  segment: number;
  bytes: number;
}

export type DropStep = { do: 'drop'; lane: LaneName; segment: number } | { do: 'compact-inventory' };

/**
 * What to evict to free `excessBytes`, in order:
 *
 * 1. telemetry (reports, unchanged, health), oldest first: the next full report has the current state again;
 * 2. inventories that a later one of the same gateway replaces;
 * 3. other inventories, oldest first: the agent reads the gateway again when there is capacity;
 * 4. lasting messages (events, action results, reachability, gaps), oldest first.
 *
 * Compacting inventories frees an amount that is known only afterwards, so it ends the list: the caller asks again with
 * `inventoryCompacted` set. Returns no steps when there is nothing to free or nothing left.
 */
export function chooseDrops(
  candidates: readonly DropCandidate[],
  excessBytes: number,
  inventoryCompacted: boolean,
): DropStep[] {
  const steps: DropStep[] = [];
  let left = excessBytes;
  const take = (lane: LaneName) => {
    for (const candidate of candidates) {
      if (left <= 0) return;
      if (candidate.lane !== lane) continue;
      steps.push({ do: 'drop', lane, segment: candidate.segment });
      left -= candidate.bytes;
    }
  };
  take('telemetry');
  if (left <= 0) return steps;
  if (!inventoryCompacted && candidates.some((candidate) => candidate.lane === 'inventory')) {
    return [...steps, { do: 'compact-inventory' }];
  }
  take('inventory');
  take('lasting');
  return steps;
}

/** Files are a fixed share of the capacity, so that evicting one loses little. */
export function segmentBytes(bytesMax: number): number {
  return Math.min(4_194_304, Math.max(65_536, Math.floor(bytesMax / 64)));
}
