/** How one row of a bulk action went. */
export type RowResult = { state: 'waiting' | 'working' | 'done' } | { state: 'refused'; why: string };

/** Rows under way at once: quick enough, and the API still answers others. */
const AT_ONCE = 4;

/** Runs something for each row, a few at once, and says how each went. A refused row does not stop the others. */
export async function runEach<T>(
  rows: readonly T[],
  run: (row: T) => Promise<unknown>,
  why: (error: unknown) => string,
  tell: (index: number, result: RowResult) => void,
  stopped: () => boolean,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < rows.length && !stopped()) {
      const index = next;
      next += 1;
      tell(index, { state: 'working' });
      try {
        await run(rows[index]!);
        tell(index, { state: 'done' });
      } catch (error) {
        tell(index, { state: 'refused', why: why(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, rows.length) }, worker));
}
