/**
 * Rows as they are shown while somebody points at them: with their new contents, at their old places. What left the list
 * stays until then, what came between waits; what follows the last row, such as the next page, is added.
 */
export function steady<T>(
  shown: readonly T[],
  now: readonly T[],
  keyOf: (row: T) => string,
): { rows: readonly T[]; waiting: number } {
  const places = new Map(now.map((row, index) => [keyOf(row), index]));
  let last = -1;
  const kept = shown.map((row) => {
    const index = places.get(keyOf(row));
    if (index === undefined) return row;
    last = Math.max(last, index);
    return now[index]!;
  });
  const known = new Set(shown.map(keyOf));
  const added = now.slice(last + 1);
  return {
    rows: [...kept, ...added],
    waiting: now.slice(0, last + 1).filter((row) => !known.has(keyOf(row))).length,
  };
}
