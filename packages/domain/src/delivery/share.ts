/**
 * Shares `capacity` out among those who want some, one each in turn, so that nobody's backlog keeps others from their first.
 * Returns how much each gets, never more than it wants. Whoever comes first in the list is served first where there is
 * not enough for one each: shuffle it.
 */
export function shareOut(wants: readonly number[], capacity: number): number[] {
  const shares = wants.map(() => 0);
  let left = capacity;
  for (let given = -1; left > 0 && given !== 0;) {
    given = 0;
    for (const [index, want] of wants.entries()) {
      if (left === 0 || shares[index]! >= want) continue;
      shares[index]! += 1;
      left -= 1;
      given += 1;
    }
  }
  return shares;
}
