/**
 * The id of the record that each merged gateway became. A merge is never undone, so a set of merges only grows, and the
 * order and repetition in which they are learned does not matter.
 */
export type Merges = ReadonlyMap<string, string>;

/** The id of the gateway's remaining record: its own where it was not merged. Pure. */
export function presentGatewayId(merges: Merges, gatewayId: string): string {
  let id = gatewayId;
  // At most as many steps as there are merges, so that even a circle, which nothing creates, would end.
  for (let step = 0; step < merges.size; step += 1) {
    const next = merges.get(id);
    if (next === undefined) return id;
    id = next;
  }
  return id;
}

/** Whether a merge can be added: not where it is known, contradicts a known one, or closes a circle. Pure. */
export function isNewMerge(merges: Merges, { from, into }: { from: string; into: string }): boolean {
  return !merges.has(from) && presentGatewayId(merges, into) !== from;
}
