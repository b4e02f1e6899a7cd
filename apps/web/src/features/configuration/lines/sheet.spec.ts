import { type ConfigLine, ConfigEditInput, LINE_FIELDS } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { parseBlock } from './block.ts';
import { stepOf } from './sheet-keys.ts';
import { cellKey, cellOf, changeOf, changeProblem, editsOf, lineKey, moved, removal, withBlock } from './sheet.ts';

const ID = '018f4a3e-5f0a-4c7e-9c3b-0a1b2c3d4e5f';
const OTHER = '218f4a3e-5f0a-4c7e-9c3b-0a1b2c3d4e5f';
const SEEN = '118f4a3e-5f0a-4c7e-9c3b-0a1b2c3d4e5f';

/** A line with values by the order of the columns. `own`: columns that are set at the port itself. */
function line(position: number, values: readonly unknown[] = [], own: readonly number[] = []): ConfigLine {
  const gateway = { id: ID, name: 'beech', siteId: ID, siteName: 'Beech', customerName: 'Hawthorn' };
  return {
    gateway: { ...gateway, vendor: 'Grandstream', model: 'HT814', firmware: null, driverId: 'grandstream-ht' },
    position,
    label: null,
    number: null,
    deviceClass: 'phone',
    cells: LINE_FIELDS.map((field, at) => ({
      field,
      value: (values[at] ?? null) as never,
      origin: null,
      sees: own.includes(at) ? SEEN : null,
      inDraft: null,
    })),
  };
}
const EXTENSION = 0;
const PASSWORD = 3;
const ENABLED = 5;

describe('a block of a spreadsheet', () => {
  test.for<[string, string, string[][]]>([
    ['one cell', '2001', [['2001']]],
    [
      'rows and columns, with the last line break',
      '2001\tReception\r\n2002\tKitchen\r\n',
      [
        ['2001', 'Reception'],
        ['2002', 'Kitchen'],
      ],
    ],
    [
      'empty cells',
      '2001\t\n\tKitchen',
      [
        ['2001', ''],
        ['', 'Kitchen'],
      ],
    ],
    ['quotes around a line break and a tab', '"a\nb"\t"c\td"', [['a\nb', 'c\td']]],
    ['a quote in quotes', '"say ""hello"""', [['say "hello"']]],
    ['a quote within a text', 'Bed 5"', [['Bed 5"']]],
    ['nothing', '', []],
  ])('with %s is read', ([, text, expected]) => {
    expect(parseBlock(text)).toEqual(expected);
  });
});

describe('a cell', () => {
  test('that is typed as it is has no change', () => {
    expect(changeOf(cellOf(line(1, ['2001']), EXTENSION), ' 2001 ')).toBeNull();
    expect(changeOf(cellOf(line(1, ['2001']), EXTENSION), '2002')).toEqual({ text: '2002', sees: null });
  });

  test('that is emptied loses what is set at the port itself, and nothing else', () => {
    expect(changeOf(cellOf(line(1, ['2001'], [EXTENSION]), EXTENSION), '')).toEqual({ text: null, sees: SEEN });
    expect(changeOf(cellOf(line(1, ['2001']), EXTENSION), '')).toBeNull();
  });

  test('of a secret is not emptied by typing nothing, and is by taking it away', () => {
    const cell = cellOf(line(1, [null, null, null, { isSet: true }], [PASSWORD]), PASSWORD);
    expect(changeOf(cell, '')).toBeNull();
    expect(removal(cell)).toEqual({ text: null, sees: SEEN });
  });

  test.for(['Yes', 'y', 'TRUE', '1', 'on'])('of yes or no takes %s', (typed) => {
    expect(changeOf(cellOf(line(1), ENABLED), typed)).toEqual({ text: 'true', sees: null });
    expect(changeOf(cellOf(line(1, [null, null, null, null, null, true]), ENABLED), typed)).toBeNull();
  });

  test('that cannot be says what was expected', () => {
    expect(changeProblem('port.enabled', { text: 'perhaps', sees: null })).toContain('true or false');
    expect(changeProblem('port.password', { text: 'short', sees: null })).toContain('8 to 30 characters');
    expect(changeProblem('port.extension', { text: '{port.number}', sees: null })).toBeNull();
    expect(changeProblem('port.extension', { text: null, sees: SEEN })).toBeNull();
  });
});

describe('a pasted block', () => {
  const lines = [line(1), line(2), line(3)];
  test('changes the cells from the chosen one on, and says what of it was beyond the sheet', () => {
    const block = [
      ['2001', 'Reception'],
      ['2002', 'Kitchen'],
      ['2003', 'Lift'],
    ];
    const { changes, pasted, beyond } = withBlock(new Map(), lines, { row: 1, column: 0 }, block);
    expect([pasted, beyond]).toEqual([4, 2]);
    expect(changes.get(cellKey(lines[1]!, 'port.extension'))).toEqual({ text: '2001', sees: null });
    expect(changes.get(cellKey(lines[2]!, 'port.displayName'))).toEqual({ text: 'Kitchen', sees: null });
    expect(changes.has(cellKey(lines[0]!, 'port.extension'))).toBe(false);
  });

  test('becomes valid edits, one for each changed cell, with what each has seen', () => {
    const seen = [line(1, ['2001'], [EXTENSION])];
    const { changes } = withBlock(new Map(), seen, { row: 0, column: 0 }, [
      ['', 'Reception', '', 'correct-horse', '', 'no'],
    ]);
    const { edits, keys } = editsOf(seen, changes);
    expect(
      edits
        .map((edit) => ConfigEditInput.parse(edit))
        .map(({ name, action, value, sees }) => [name, action, value, sees]),
    ).toEqual([
      ['port.extension', 'reset', undefined, SEEN],
      ['port.displayName', 'set', 'Reception', null],
      ['port.password', 'set', 'correct-horse', null],
      ['port.enabled', 'set', false, null],
    ]);
    expect(keys[0]).toBe(`${lineKey(seen[0]!)} port.extension`);
  });
});

test('an edit has seen what stood there when it was typed, not what another person set since', () => {
  const before = [line(1, ['2001'], [EXTENSION])];
  const { changes } = withBlock(new Map(), before, { row: 0, column: 0 }, [['2002']]);
  const since = line(1, ['2009'], [EXTENSION]);
  const cells = since.cells.map((cell, at) => (at === EXTENSION ? { ...cell, sees: OTHER } : cell));
  expect(editsOf([{ ...since, cells }], changes).edits[0]!.sees).toBe(SEEN);
});

test('the keys that move stay within the sheet', () => {
  expect(moved({ row: 0, column: 0 }, 3, { row: -1, column: -1 })).toEqual({ row: 0, column: 0 });
  expect(moved({ row: 1, column: 5 }, 3, { row: 10, column: 1 })).toEqual({ row: 2, column: 5 });
});

test.for<[string, boolean, object | undefined]>([
  ['ArrowDown', false, { row: 1 }],
  ['Home', false, { column: -LINE_FIELDS.length }],
  ['a', false, undefined],
  ['v', true, undefined],
])('%s with Ctrl %s leads where it should', ([key, isFar, step]) => {
  expect(stepOf(key, isFar)).toEqual(step);
});

test('Ctrl leads to the edge and the corners', () => {
  const from = { row: 1, column: 2 };
  const to = (key: string) => moved(from, 9, stepOf(key, true)!);
  expect([to('ArrowDown'), to('ArrowLeft'), to('Home'), to('End')]).toEqual([
    { row: 8, column: 2 },
    { row: 1, column: 0 },
    { row: 0, column: 0 },
    { row: 8, column: LINE_FIELDS.length - 1 },
  ]);
});
