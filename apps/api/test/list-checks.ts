import type { Facet } from '@loopstart/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allPages, problemOf } from './app.ts';

type Query = Record<string, unknown>;
type Page<T> = { items: T[]; nextCursor: string | null; total: number };
/** What a column shows of a row, as it is sorted: texts as people order them, null for what is not known. */
type Sorted = string | number | null;

/** A list of the API and what it promises. */
export interface CheckedList<T extends { id: string }, Column extends string, FacetName extends string> {
  list: (query: Query) => Promise<Page<T>>;
  facet: (query: Query & { facet: FacetName }) => Promise<Facet>;
  export: (query: Query) => Promise<string>;
  /** The same list as another operator. */
  elsewhere: (query: Query) => Promise<Page<T>>;
  sorted: Record<Column, (row: T) => Sorted | readonly Sorted[]>;
  facets: readonly FacetName[];
  /** A word that is in some rows and not in others. */
  word: string;
  /** A filter that has such a value, and what no list understands there. */
  narrowed: Query;
  misunderstood: { query: Query; path: string };
  /** Changes the fleet so that a row of this id leaves the list, or moves in its order; the others stay where they are. */
  change: (id: string) => Promise<void>;
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base', ignorePunctuation: false });

function compare(a: Sorted, b: Sorted): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return natural.compare(String(a), String(b));
}

/** Below zero: `a` comes first; null comes last in either direction. */
function compareAll(a: readonly Sorted[], b: readonly Sorted[], sign: 1 | -1): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] ?? null;
    if (left === null || right === null) {
      if (left === right) continue;
      return left === null ? 1 : -1;
    }
    const order = sign * compare(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

const rowsOf = (csv: string) => csv.replace('\uFEFF', '').trim().split('\r\n');

/** Tests that every list of the data grid passes. */
export function checkList<T extends { id: string }, Column extends string, FacetName extends string>(
  name: string,
  of: () => CheckedList<T, Column, FacetName>,
  { columns, facets }: { columns: readonly Column[]; facets: readonly FacetName[] },
): void {
  const pages = (query: Query) => allPages((cursor) => of().list({ ...query, ...cursor }));
  const sorts = columns.flatMap((column) => [column, `-${column}`]);
  const ids = (rows: readonly T[]) => rows.map(({ id }) => id);

  describe(`the list of ${name}`, () => {
    test('has every row once, under any order, filter and size of pages', async () => {
      const { word, narrowed } = of();
      const all = new Map<Query, string[]>();
      for (const query of [{}, { q: word }, narrowed]) {
        const { items, total } = await of().list({ ...query, limit: 500 });
        expect([total, new Set(ids(items)).size]).toEqual([items.length, items.length]);
        all.set(query, ids(items).sort());
      }
      const [everything, found, some] = [...all.values()];
      expect(everything!.length).toBeGreaterThan(found!.length);
      expect(everything!.length).toBeGreaterThan(some!.length);
      expect(Math.min(found!.length, some!.length)).toBeGreaterThan(0);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...all.keys()),
          fc.constantFrom(...sorts),
          fc.integer({ min: 1, max: 5 }),
          async (query, sort, limit) => {
            expect(ids(await pages({ ...query, sort, limit })).sort()).toEqual(all.get(query));
          },
        ),
        { numRuns: 30 },
      );
    });

    test.for(columns)('is sorted by %s, and from its end; what is not known comes last', async (column) => {
      const value = (row: T) => [of().sorted[column](row)].flat() as Sorted[];
      for (const [sort, sign] of [
        [column, 1],
        [`-${column}`, -1],
      ] as const) {
        const rows = await pages({ sort, limit: 3 });
        expect(new Set(rows.map((row) => JSON.stringify(value(row)))).size, 'values differ').toBeGreaterThan(1);
        rows.slice(1).forEach((row, at) => {
          const [before, after] = [value(rows[at]!), value(row)];
          expect(compareAll(before, after, sign), `${sort}: ${before} before ${after}`).toBeLessThanOrEqual(0);
        });
      }
    });

    test('a cursor of another order, or made up, is refused by name', async () => {
      const sort = columns[0];
      const { nextCursor } = await of().list({ sort, limit: 1 });
      const made = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
      for (const query of [
        { sort: columns[1], cursor: nextCursor },
        { sort, cursor: 'x' },
        { sort, cursor: made(sort, 1, 0, 'a', 'no id') },
        { sort, cursor: made(sort, 1, 0, 'a\0', '00000000-0000-0000-0000-000000000000') },
        { sort, cursor: made(sort, 1, 1, 'a', '00000000-0000-0000-0000-000000000000') },
      ])
        expect(await problemOf(of().list(query)), JSON.stringify(query)).toMatchObject({
          code: 'invalid-input',
          fields: [{ path: 'query.cursor' }],
        });
    });

    test('what it does not understand is named', async () => {
      const { misunderstood } = of();
      for (const [query, path] of [
        [{ sort: 'name; drop table port' }, 'query.sort'],
        [misunderstood.query, misunderstood.path],
      ] as const) {
        const problem = await problemOf(of().list(query));
        expect(problem).toMatchObject({ code: 'invalid-input', fields: [{ path }] });
      }
    });

    test.for(facets)('the values of %s are counted as the list finds them', async (facet) => {
      for (const query of [{}, { q: of().word }]) {
        const { values } = await of().facet({ ...query, facet });
        expect(values.length).toBeGreaterThan(0);
        for (const { value, count } of values)
          expect((await of().list({ ...query, [facet]: [value] })).total, `${facet} ${value}`).toBe(count);
      }
    });

    test('an export has the rows of the list, in its order, with the columns asked for', async () => {
      const sort = `-${columns[0]}`;
      const listed = await pages({ ...of().narrowed, sort });
      const all = rowsOf(await of().export({ ...of().narrowed, sort }));
      expect(all).toHaveLength(listed.length + 1);
      const one = rowsOf(await of().export({ ...of().narrowed, sort, columns: [columns[0]] }));
      expect(one[0]!.split(',').length).toBeLessThan(all[0]!.split(',').length);
      expect(one.length).toBe(all.length);
      const [row] = listed;
      expect(one[1]).toContain([of().sorted[columns[0]!](row!)].flat()[0]);
    });

    test('holds nothing of another operator', async () => {
      expect(await of().elsewhere({})).toEqual({ items: [], nextCursor: null, total: 0 });
      const [known] = (await of().list({ limit: 1 })).items;
      const facet = await of().facet({ facet: of().facets[0]! });
      expect(facet.values.length).toBeGreaterThan(0);
      expect((await of().elsewhere({ q: of().word })).items.map(({ id }) => id)).not.toContain(known?.id);
    });

    // The last one: it changes the fleet.
    test('a cursor leads past changes: rows that stay come once', async () => {
      const before = ids(await pages({ sort: columns[0] }));
      const first = await of().list({ sort: columns[0], limit: 2 });
      // The row that the page ended with, and one that would have been next.
      await of().change(before[1]!);
      await of().change(before[2]!);
      const rest = await allPages((cursor) =>
        of().list({ sort: columns[0], limit: 2, cursor: first.nextCursor, ...cursor }),
      );
      const seen = [...ids(first.items), ...ids(rest)];
      expect(seen.filter((id) => id !== before[1] && id !== before[2])).toEqual(
        before.filter((id) => id !== before[1] && id !== before[2]),
      );
    });
  });
}
