import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareOids, oidStartsWith } from './oid.ts';
import { compareEncoded, decodeOid, encodeOid, encodedStartsWith } from './oid-codec.ts';
import { SnmpError } from './errors.ts';

const arcs = fc
  .tuple(
    fc.nat({ max: 2 }),
    fc.nat({ max: 39 }),
    fc.array(fc.oneof(fc.nat({ max: 300 }), fc.integer({ min: 0, max: 0xffffffff })), { maxLength: 12 }),
  )
  .map(([first, second, rest]) => [first, second, ...rest]);

function compareArcs(a: number[], b: number[]): number {
  const at = a.findIndex((arc, i) => arc !== b[i]);
  if (at < 0) return Math.sign(a.length - b.length);
  return b[at] === undefined ? 1 : Math.sign((a[at] as number) - b[at]);
}

describe('the order of OIDs', () => {
  test.for([
    ['1.3.9', '1.3.10', -1],
    ['1.3', '1.3.0', -1],
    ['1.3.6', '1.3.6', 0],
    ['1.30', '1.3.6', 1],
    ['1.3.128', '1.3.127', 1],
    ['1.3.4294967295', '1.3.999999999', 1],
    ['', '1.3', -1],
  ] as const)('%s against %s is %s', ([a, b, sign]) => {
    expect(Math.sign(compareOids(a, b))).toBe(sign);
    expect(Math.sign(compareOids(b, a))).toBe(sign === 0 ? 0 : -sign);
  });

  test('is that of the arcs as numbers, as text and as octets', () => {
    fc.assert(
      fc.property(arcs, arcs, fc.nat({ max: 6 }), (a, other, shared) => {
        const b = [...a.slice(0, shared + 2), ...other.slice(2)];
        const expected = compareArcs(a, b);
        expect(Math.sign(compareOids(a.join('.'), b.join('.')))).toBe(expected);
        const [x, y] = [encodeOid(a.join('.')), encodeOid(b.join('.'))];
        expect(Math.sign(compareEncoded(x, 0, x.length, y, 0, y.length))).toBe(expected);
      }),
    );
  });
});

describe('whether an OID lies below another', () => {
  test.for([
    ['1.3.6.1', '1.3.6', true],
    ['1.3.6', '1.3.6', true],
    ['1.3.61', '1.3.6', false],
    ['1.3', '1.3.6', false],
    ['1.3.6', '', true],
  ] as const)('%s below %s: %s', ([oid, prefix, expected]) => {
    expect(oidStartsWith(oid, prefix)).toBe(expected);
  });

  test('is the same for text and for octets', () => {
    fc.assert(
      fc.property(arcs, fc.nat({ max: 14 }), arcs, (a, length, other) => {
        for (const prefix of [a.slice(0, Math.max(2, length)), other]) {
          const [whole, start] = [encodeOid(a.join('.')), encodeOid(prefix.join('.'))];
          const expected = oidStartsWith(a.join('.'), prefix.join('.'));
          expect(encodedStartsWith(whole, 0, whole.length, start)).toBe(expected);
        }
      }),
    );
  });
});

describe('octets of OIDs', () => {
  test('round trip', () => {
    fc.assert(
      fc.property(arcs, (a) => {
        const encoded = encodeOid(a.join('.'));
        expect(decodeOid(encoded, 0, encoded.length)).toBe(a.join('.'));
      }),
    );
  });

  test.for([
    ['1.3.6.1.4.1.2680.1.2.7.3.2.0', '2b06010401947801020703 0200'],
    ['2.999.3', '883703'], // X.690 section 8.19.5
    ['1.3.4294967295', '2b8fffffff7f'],
  ] as const)('%s is %s', ([oid, hex]) => {
    const octets = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    expect(Buffer.from(encodeOid(oid))).toEqual(octets);
    expect(decodeOid(octets, 0, octets.length)).toBe(oid);
  });

  test('an empty content is 0.0', () => expect(decodeOid(new Uint8Array(0), 0, 0)).toBe('0.0'));

  test.for([
    ['a sub-identifier cut off', '2b0681'],
    ['a padded sub-identifier', '2b8001'],
    ['a sub-identifier of 33 bits', '2b9080808000'],
    ['a sub-identifier of many octets', '2bffffffffffffffffffff7f'],
    ['129 arcs', '2b' + '01'.repeat(127)],
  ] as const)('refused: %s', ([, hex]) => {
    const octets = Buffer.from(hex, 'hex');
    // 128 sub-identifiers make 129 arcs, for the first holds two.
    expect(() => decodeOid(octets, 0, octets.length)).toThrow(SnmpError);
  });

  test('128 arcs are the maximum', () => {
    const octets = Buffer.from('2b' + '01'.repeat(126), 'hex');
    expect(decodeOid(octets, 0, octets.length).split('.')).toHaveLength(128);
  });

  test.for([
    '',
    '1',
    '.1.3',
    '1.3.',
    '1..3',
    '3.1',
    '1.40',
    '1.3.4294967296',
    '1.3.06',
    '1.3.-1',
    'iso',
    '1.3'.padEnd(400, '.1'),
  ])("not an OID: '%s'", (text) => {
    expect(() => encodeOid(text)).toThrow(SnmpError);
  });
});
