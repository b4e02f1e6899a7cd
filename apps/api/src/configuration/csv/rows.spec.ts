import { CONFIG_CSV_ROWS_MAX, CONFIG_CSV_TEMPLATE } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { readRows } from './read-rows.ts';
import { type CsvGateway, rowEdits } from './row-edits.ts';

const cellsOf = (text: string) => {
  const read = readRows(text);
  if ('expected' in read) throw new Error(read.expected);
  return read.rows.map(({ row, cells }) => [row, Object.fromEntries(cells)]);
};
const ONE = [[2, { gateway: 'Quay', port: '1', extension: '2001' }]];

describe('a CSV file', () => {
  test.for<[string, string]>([
    ['with commas', 'gateway,port,extension\nQuay,1,2001\n'],
    ['with semicolons and line ends of Windows', 'gateway;port;extension\r\nQuay;1;2001\r\n'],
    ['with tabs', 'gateway\tport\textension\nQuay\t1\t2001'],
    ['with a byte order mark, quotes and other cases', '\uFEFF"Gateway",PORT, extension \n"Quay",1,"2001"\n'],
    ['with columns in another order', 'port,extension,gateway\n1,2001,Quay\n'],
    ['with an apostrophe before a formula', 'gateway,port,extension\nQuay,1,2001\n'],
  ])('%s is read', ([, text]) => {
    expect(cellsOf(text)).toEqual(ONE);
  });

  test('keeps the numbers of its rows across empty ones, and loses the apostrophe of a spreadsheet', () => {
    expect(cellsOf("gateway,port,extension\n,,\nQuay,1,'+441234567890\n")).toEqual([
      [3, { gateway: 'Quay', port: '1', extension: '+441234567890' }],
    ]);
  });

  test.for<[string, string, string]>([
    ['without a column port', 'gateway,extension\nQuay,1\n', 'a column port'],
    ['with a column twice', 'gateway,port,port\nQuay,1,1\n', 'each column once'],
    ['with an unknown column', 'gateway,port,=cmd\nQuay,1,x\n', 'not =cmd'],
    ['with a quote that does not end', 'gateway,port\n"Quay,1\n', 'a CSV file; line'],
    ['with too many rows', `gateway,port\n${'Quay,1\n'.repeat(CONFIG_CSV_ROWS_MAX + 1)}`, 'at most 10000 rows'],
  ])('%s is refused', ([, text, expected]) => {
    expect(readRows(text)).toEqual({ expected: expect.stringContaining(expected) });
  });

  test('is what the template begins', () => {
    expect(readRows(CONFIG_CSV_TEMPLATE)).toEqual({ rows: [] });
  });
});

const GATEWAYS: CsvGateway[] = [
  {
    id: 'a',
    name: 'Quay',
    mac: '000b82000001',
    serial: 'S1',
    ports: [
      { position: 1, label: 'Lift' },
      { position: 2, label: 'Hall' },
      { position: 3, label: 'Hall' },
    ],
  },
  { id: 'b', name: 'Pier', mac: null, serial: 'S2', ports: [{ position: 1, label: null }] },
  { id: 'c', name: 'Twin', mac: null, serial: null, ports: [{ position: 1, label: null }] },
  { id: 'd', name: 'twin', mac: null, serial: null, ports: [{ position: 1, label: null }] },
];
function made(...lines: string[]) {
  const read = readRows(['gateway,mac,serial,port,extension,password,enabled', ...lines].join('\n'));
  if ('expected' in read) throw new Error(read.expected);
  return rowEdits(read.rows, GATEWAYS);
}

describe('a row', () => {
  test.for<[string, string, string, number]>([
    ['a name', 'quay,,,1,2001,,', 'a', 1],
    ['an address', ',00:0B:82:00:00:01,,2,2001,,', 'a', 2],
    ['a serial number', ',,s2,1,2001,,', 'b', 1],
    ['all of them', 'Quay,000b82000001,S1,1,2001,,', 'a', 1],
    ['a label', 'Quay,,,lift,2001,,', 'a', 1],
  ])('finds its line by %s', ([, line, gatewayId, position]) => {
    expect(made(line)).toMatchObject({
      problems: [],
      right: [
        {
          gatewayId,
          position,
          edits: [{ name: 'port.extension', value: '2001', place: { layer: 'port', gatewayId, position } }],
        },
      ],
    });
  });

  test.for<[string, string[], string | null, string]>([
    ['an unknown gateway', ['Shed,,,1,2001,,'], 'gateway', 'one of yours'],
    ['no gateway', [',,,1,2001,,'], 'gateway', 'gateway, mac or serial'],
    ['a name of two', ['Twin,,,1,2001,,'], 'gateway', 'several gateways'],
    ['a name and the serial number of another', ['Quay,,S2,1,2001,,'], 'serial', 'the same gateway: Quay'],
    ['no line', ['Quay,,,9,2001,,'], 'port', 'position or label'],
    ['a label of two lines', ['Quay,,,Hall,2001,,'], 'port', 'several lines'],
    ['a line that is there already', ['Quay,,,1,2001,,', 'Quay,,,Lift,2002,,'], 'port', 'in row 2 already'],
    ['a formula', ['Quay,,,1,=1+1,,'], 'extension', 'letters, digits'],
    ['a password that is too short', ['Quay,,,1,,abc,'], 'password', '8 to 30 characters'],
    ['what is neither yes nor no', ['Quay,,,1,,,perhaps'], 'enabled', 'yes or no'],
    ['too few cells', ['Quay,,,1'], null, '7 cells, not 4'],
  ])('with %s is wrong, and says where', ([, lines, column, expected]) => {
    const { right, problems } = made(...lines);
    expect(problems).toEqual([{ row: lines.length + 1, column, expected: expect.stringContaining(expected) }]);
    expect(right).toHaveLength(lines.length - 1);
  });

  test('never says a password', () => {
    expect(JSON.stringify(made('Quay,,,1,,p w<>d,').problems)).not.toContain('p w<>d');
  });
});
