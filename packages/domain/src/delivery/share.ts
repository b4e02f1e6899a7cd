/**
 * Shares `capacity` fairly, one unit each in turn, so that one backlog does not delay the first delivery of others.
 * Returns each share, never more than was requested. Where there are fewer units than backlogs, the first in the list
 * win: shuffle it.
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
