import { describe, expect, test } from 'vitest';
import { type GridFilters, gridParameters, gridQuery, gridState, nextSort, shownColumns } from './model.ts';

const FILTERS: GridFilters = {
  severity: {
    label: 'State',
    options: [
      ['wrong', 'Anything wrong'],
      ['major', 'Major'],
      ['critical', 'Critical'],
      ['ok', 'OK'],
    ],
    sets: { wrong: ['critical', 'major'] },
  },
  model: { label: 'Model', counted: true },
  since: {
    label: 'Since',
    options: [
      ['day', 'Today'],
      ['hour', 'This hour'],
    ],
    single: true,
  },
};
const KNOWN = ['name', 'state'];

describe('the state in an address', () => {
  test.for([
    [{}, {}],
    [{ q: ' fax ' }, { q: 'fax' }],
    [{ severity: 'major,awful' }, { severity: ['major'] }],
    [{ severity: 'wrong,ok' }, { severity: ['critical', 'major', 'ok'] }],
    [{ since: 'day,hour' }, { since: 'day' }],
    [{ model: 'VG%2C%20310,~' }, { model: ['VG, 310', ''] }],
    [{ sort: '-state' }, { sort: '-state' }],
    [{ sort: 'password' }, {}],
    [{ sort: "name'; drop table port" }, {}],
    [{ model: '%' }, { model: ['%'] }],
  ] as const)('%j asks for %j', ([parameters, asked]) => {
    const query = gridQuery(FILTERS, gridState(FILTERS, parameters), KNOWN);
    expect(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))).toEqual(asked);
  });

  test('is what was put there', () => {
    const chosen = { severity: ['wrong'], model: ['a,b', '', 'x y&z'] };
    const parameters = gridParameters({ q: 'a', sort: '-name', columns: ['name'], rows: 'roomy', chosen });
    expect(gridState(FILTERS, parameters)).toEqual({
      q: 'a',
      sort: '-name',
      columns: ['name'],
      rows: 'roomy',
      open: undefined,
      chosen,
    });
  });

  test('the last value taken away takes the parameter away', () => {
    expect(gridParameters({ chosen: { model: [] }, rows: 'dense' })).toEqual({ model: '', rows: undefined });
  });
});

test.for([
  ['ascending first', { id: 'name' }, ['name', '-name', undefined, 'name']],
  ['the worst first', { id: 'name', descendingFirst: true }, ['-name', undefined, 'name', '-name']],
] as const)('a header asks for both directions and the own order of the list, %s', ([, column, next]) => {
  expect([undefined, 'name', '-name', 'state'].map((current) => nextSort(current, column))).toEqual(next);
});

test('columns are shown in their order; what names the row always is', () => {
  const columns = [
    { id: 'a', header: 'A', width: '1fr', rowHeader: true, cell: () => null },
    { id: 'b', header: 'B', width: '1fr', cell: () => null },
    { id: 'c', header: 'C', width: '1fr', optional: true, cell: () => null },
  ];
  const ids = (asked?: string[]) => shownColumns(columns, asked).map(({ id }) => id);
  expect([ids(), ids(['c', 'b']), ids([])]).toEqual([['a', 'b'], ['a', 'b', 'c'], ['a']]);
});
