/**
 * The id of the record that each merged gateway became. A merge is never undone, so a set of merges only grows, and in
 * which order and how often they are learned does not matter.
 */
export type Merges = ReadonlyMap<string, string>;

/** The id of the record that is left of a gateway: its own where it was not merged. Pure. */
export function presentGatewayId(merges: Merges, gatewayId: string): string {
  let id = gatewayId;
  // As many steps as there are merges at most: a circle, which nothing makes, would end somewhere in it.
  for (let step = 0; step < merges.size; step += 1) {
    const next = merges.get(id);
    if (next === undefined) return id;
    id = next;
  }
  return id;
}

/** Whether a merge can be added: one that is known, contradicts what is known, or closes a circle is not. Pure. */
export function isNewMerge(merges: Merges, { from, into }: { from: string; into: string }): boolean {
  return !merges.has(from) && presentGatewayId(merges, into) !== from;
}
