export type SortValue = string | number | null;

/** A column and a direction, as kept in the URL: `name`, or `-name` for descending. */
export interface Sort {
  column: string;
  descending: boolean;
}

export function parseSort(text: string | undefined): Sort | null {
  if (text === undefined || text === '' || text === '-') return null;
  return text.startsWith('-') ? { column: text.slice(1), descending: true } : { column: text, descending: false };
}

/** What pressing a column's header asks for next: ascending, descending, then the list's own order. */
export function nextSort(current: Sort | null, column: string): string | undefined {
  if (current?.column !== column) return column;
  return current.descending ? undefined : `-${column}`;
}

/** Rows in the order asked. Unknown values come last in either direction; equals keep their order. */
export function sortRows<T>(rows: readonly T[], value: (row: T) => SortValue, descending: boolean): T[] {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const direction = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const left = value(a);
    const right = value(b);
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    if (typeof left === 'number' && typeof right === 'number') return (left - right) * direction;
    return collator.compare(String(left), String(right)) * direction;
  });
}
