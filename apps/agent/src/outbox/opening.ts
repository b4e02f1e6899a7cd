import { comparePositions, STREAM_START, type Position } from '@loopstart/domain';
import { segmentBytes } from './drop-policy.ts';
import { Lane, type LaneDamage } from './lane.ts';
import { LANES, type LaneName } from './lane-rules.ts';
import { LedgerFile, nextEpoch, ownerOf, type Ledger } from './ledger.ts';
import type { Storage } from './storage.ts';

const LEDGER_NAME = 'ledger.bin';

/** The parts of an outbox, as found on disk. */
export interface OpenedOutbox {
  ledgerFile: LedgerFile;
  ledger: Ledger;
  lanes: Record<LaneName, Lane>;
  damages: LaneDamage[];
}

/**
 * Opens the files, repairs what a crash left incomplete and takes a new epoch, which is on disk before this resolves.
 * Rejects where the folder cannot be read or the ledger cannot be written.
 */
export async function openOutboxFiles(
  storage: Storage,
  limits: { bytesMax: number },
  agentId: string,
  nowMs: number,
): Promise<OpenedOutbox> {
  const files = await storage.list();
  const { file: ledgerFile, ledger: former } = await LedgerFile.open(await storage.open(LEDGER_NAME));
  const lanes = {} as Record<LaneName, Lane>;
  const damages: LaneDamage[] = [];
  for (const name of LANES) {
    const opened = await Lane.open(storage, name, files, () => segmentBytes(limits.bytesMax));
    lanes[name] = opened.lane;
    damages.push(...opened.damages);
  }
  const lasts = LANES.map((name) => lanes[name].last).filter((last): last is Position => last !== null);
  const ledger: Ledger = {
    epoch: nextEpoch(Math.max(former?.epoch ?? 0, ...lasts.map((last) => last[0])), nowMs),
    starts: (former?.starts ?? 0) + 1,
    lastSeq: Math.max(former?.lastSeq ?? 0, ...lasts.map((last) => last[1])),
    ...standing(former, ownerOf(agentId)),
  };
  await ledgerFile.write(ledger);
  await storage.syncNames();
  return { ledgerFile, ledger, lanes, damages };
}

/** The cloud's position in the stream: for another agent than before, the cloud has nothing of it yet. */
function standing(former: Ledger | null, owner: string): Pick<Ledger, 'acked' | 'floor' | 'skip' | 'owner'> {
  if (former === null) return { acked: STREAM_START, floor: STREAM_START, skip: STREAM_START, owner };
  const { acked, floor, skip } = former;
  if (former.owner === owner) return { acked, floor, skip, owner };
  return { acked: STREAM_START, floor: STREAM_START, skip: comparePositions(acked, skip) > 0 ? acked : skip, owner };
}
