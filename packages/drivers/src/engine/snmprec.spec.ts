import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes } from '../testing/support.ts';
import { answersFrom, parseSnmprec } from './snmprec.ts';

describe('parseSnmprec', () => {
  test.for([
    ['an integer', '1.3.1|2|-5', [{ oid: '1.3.1', value: { type: 'integer', value: -5 } }]],
    ['a text with a bar in it', '1.3.1|4|a|b', [{ oid: '1.3.1', value: { type: 'octets', value: bytes('a|b') } }]],
    [
      'hexadecimal octets',
      '1.3.1|4x|00ff',
      [{ oid: '1.3.1', value: { type: 'octets', value: Uint8Array.of(0, 255) } }],
    ],
    ['broken hexadecimal', '1.3.1|4x|0g', []],
    ['leading dots', '.1.3.1|6|.1.3.6', [{ oid: '1.3.1', value: { type: 'oid', value: '1.3.6' } }]],
    ['an address', '1.3.1|64|192.0.2.1', [{ oid: '1.3.1', value: { type: 'ip', value: '192.0.2.1' } }]],
    ['an address in hexadecimal', '1.3.1|64x|c0000201', [{ oid: '1.3.1', value: { type: 'ip', value: '192.0.2.1' } }]],
    [
      'a big counter',
      '1.3.1|70|18446744073709551615',
      [{ oid: '1.3.1', value: { type: 'counter64', value: 2n ** 64n - 1n } }],
    ],
    ['a text where a number belongs', '1.3.1|65|many', []],
    ['a number beyond its type', '1.3.1|66|4294967296', []],
    ['a placeholder where an OID belongs', '1.3.1|6|<private>', []],
    ['a variation module', '1.3.1|2:writecache|value=1', []],
    ['an unknown tag', '1.3.1|99|1', []],
    ['blank lines and comments', '\n# walk\n\r\n', []],
    ['the last of two', '1.3.1|2|1\n1.3.1|2|2', [{ oid: '1.3.1', value: { type: 'integer', value: 2 } }]],
    [
      'lines out of order',
      '1.3.10|2|1\n1.3.2|2|2',
      [
        { oid: '1.3.2', value: { type: 'integer', value: 2 } },
        { oid: '1.3.10', value: { type: 'integer', value: 1 } },
      ],
    ],
  ] as const)('%s', ([, text, expected]) => {
    expect(parseSnmprec(text)).toEqual(expected);
  });

  test('no text throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => Array.isArray(parseSnmprec(`${a}\n1.3|${b}\n1.3.6|4x|${a}`))),
    );
  });
});

describe('answersFrom', () => {
  const walk = parseSnmprec('1.3.1.0|2|1\n1.3.2.1|2|11\n1.3.2.2.5|2|12\n1.3.20.1|2|13');
  const plan = {
    scalars: ['1.3.1.0', '1.3.9.0'],
    tables: [{ columns: ['1.3.2', '1.3.7'], rowsMax: 10 }],
    maxRepetitions: 1,
    columnsPerPdu: 1,
  };

  test('takes scalars and rows of the plan, and leaves out what is absent', () => {
    const answers = answersFrom(walk, plan);
    expect([...answers.scalars.keys()]).toEqual(['1.3.1.0']);
    expect([...answers.columns.keys()]).toEqual(['1.3.2']);
    expect([...(answers.columns.get('1.3.2')?.keys() ?? [])]).toEqual(['1', '2.5']);
  });

  test('takes no more rows than requested', () => {
    const answers = answersFrom(walk, { ...plan, tables: [{ columns: ['1.3.2'], rowsMax: 1 }] });
    expect(answers.columns.get('1.3.2')?.size).toBe(1);
  });
});
