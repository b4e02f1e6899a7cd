import type { BookEntry } from './book-entry.ts';

type Entries = Readonly<Record<string, BookEntry>>;

/** The part of the `MergeBook` that is needed here. */
export interface KnownMerges {
  present: (gatewayId: string) => string;
  revisionOf: (gatewayId: string) => number;
}

/**
 * The stored data of gateways, under their current ids. A gateway keeps the addresses and marks of both records, has
 * the port numbers of the remaining one, and sends its inventory again, above every revision of either. Pure.
 */
export function mergedEntries(entries: Entries, merges: KnownMerges): Record<string, BookEntry> {
  const all = Object.values(entries);
  const merged = (entry: BookEntry): BookEntry => {
    const gatewayId = merges.present(entry.gatewayId);
    if (gatewayId === entry.gatewayId) return entry;
    const left = all.filter((one) => one.gatewayId === gatewayId);
    const [latest] = left.toSorted((a, b) => (b.lastAnswerAt ?? 0) - (a.lastAnswerAt ?? 0));
    return {
      ...entry,
      gatewayId,
      ports: latest?.ports ?? entry.ports,
      inventoryDigest: '',
      revision: Math.max(entry.revision, merges.revisionOf(gatewayId), ...left.map(({ revision }) => revision)),
    };
  };
  const present = Object.entries(entries).map(([endpoint, entry]) => [endpoint, merged(entry)] as const);
  const known = new Set(present.map(([, { gatewayId }]) => gatewayId));
  return Object.fromEntries(
    present.map(([endpoint, entry]) => {
      const former = entry.formerGatewayId;
      const left = former === null ? null : merges.present(former);
      if (left === former && left !== entry.gatewayId) return [endpoint, entry];
      // The former gateway here is known to be elsewhere, or is this one: there is no question about it any more.
      return [endpoint, { ...entry, formerGatewayId: left === null || known.has(left) ? null : left }];
    }),
  );
}
