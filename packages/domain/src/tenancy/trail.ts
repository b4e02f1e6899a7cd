import type { Sha256 } from '../audit/index.ts';

/** An entry of the trail of the provider, as it is stored. */
export interface ProviderEntry {
  seq: number;
  /** Ms since the epoch. */
  at: number;
  accountId: string | null;
  name: string;
  verb: string;
  subjectId: string;
  subjectName: string;
  /** The JSON as the database writes it. */
  change: string;
  /** In hexadecimal. */
  previous: string;
  hash: string;
}

/** What the first entry follows. */
export const TRAIL_START = '0'.repeat(64);

/** What `provider_link` of the database hashes: a field a line, and no field has a line break of its own but the last. */
const linked = (entry: ProviderEntry): string =>
  [
    entry.previous,
    String(entry.seq),
    String(entry.at),
    entry.accountId ?? '',
    entry.name,
    entry.verb,
    entry.subjectId,
    entry.subjectName,
    entry.change,
  ].join('\n');

/** The first place where the trail, from its beginning, is not what was written; null: it is unbroken. */
export function brokenTrail(sha256: Sha256, entries: Iterable<ProviderEntry>): number | null {
  let [seq, hash] = [0, TRAIL_START];
  for (const entry of entries) {
    if (entry.seq !== seq + 1 || entry.previous !== hash || entry.hash !== sha256(linked(entry))) return seq + 1;
    [seq, hash] = [entry.seq, entry.hash];
  }
  return null;
}

/** What names the trail of the provider in signed heads, where those of operators have an id. */
export const PROVIDER_CHAIN = 'provider';

/** A signed statement of which entry was the end of the trail. */
export interface TrailHead {
  seq: number;
  hash: string;
  /** Whether the installation signed it. */
  signed: boolean;
}

/** The place of the first head that the trail contradicts, which nobody signed, or whose entry is gone; null: there is none. */
export function contradictedBy(
  entries: readonly Pick<ProviderEntry, 'seq' | 'hash'>[],
  heads: readonly TrailHead[],
): number | null {
  const hashes = new Map(entries.map(({ seq, hash }) => [seq, hash] as const));
  return heads.find(({ seq, hash, signed }) => !signed || hashes.get(seq) !== hash)?.seq ?? null;
}
