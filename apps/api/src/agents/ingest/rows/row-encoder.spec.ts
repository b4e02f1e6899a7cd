import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCells, shortest } from './binary-values.ts';
import { RowEncoder, ValueRangeError } from './row-encoder.ts';
import { isUuid, uuidBytes } from './uuid.ts';

const OIDS = { bool: 16, int8: 20, int2: 21, int4: 23, text: 25, float4: 700, int2s: 1005, float4s: 1021, uuid: 2950 };
const encoder = (typeOid: number) => new RowEncoder('t', 99_999, [{ name: 'c', typeOid }]);
/** Past the array header (20), the row's length (4), its column count (4), the column's type (4). */
const COLUMN_AT = 32;
const encoded = (typeOid: number, value: unknown) =>
  encoder(typeOid)
    .encode([{ c: value }])
    .subarray(COLUMN_AT);

describe('the binary format', () => {
  test.for([
    ['a null', OIDS.text, null, 'ffffffff'],
    ['an absent value', OIDS.text, undefined, 'ffffffff'],
    ['a text', OIDS.text, 'é', '00000002c3a9'],
    ['a 32-bit number', OIDS.int4, -2, '00000004fffffffe'],
    ['a 64-bit number', OIDS.int8, 4_294_967_297, '000000080000000100000001'],
    ['a negative 64-bit number', OIDS.int8, -1, '00000008ffffffffffffffff'],
    ['a truth', OIDS.bool, true, '0000000101'],
    ['the start of 2000', 1184, 946_684_800_000, '000000080000000000000000'],
    ['a millisecond before it', 1184, new Date(946_684_799_999), '00000008fffffffffffffc18'],
    ['an empty array', OIDS.int2s, [], '0000000c000000000000000000000015'],
    [
      'an array with a null',
      OIDS.int2s,
      [1, null],
      '0000001e0000000100000001000000150000000200000001000000020001ffffffff',
    ],
    ['bytes as they were read', OIDS.int2s, new Uint8Array([1, 2]), '000000020102'],
    ['a UUID', OIDS.uuid, '00112233-4455-6677-8899-AABBCCDDEEFF', '0000001000112233445566778899aabbccddeeff'],
    ['JSON', 3802, { a: 1 }, '00000008017b2261223a317d'],
  ] as const)('of %s', ([, oid, value, hex]) => {
    expect(encoded(oid, value).toString('hex')).toBe(hex);
  });

  test.for([
    ['a 16-bit cell', OIDS.int2s, [40_000]],
    ['a 32-bit number', OIDS.int4, 2_147_483_648],
    ['a 64-bit number with a fraction', OIDS.int8, 1.5],
    ['a UUID', OIDS.uuid, 'no uuid'],
    ['no number at all', OIDS.int4, Number.NaN],
  ] as const)('refuses what does not fit %s', ([, oid, value]) => {
    expect(() => encoded(oid, value)).toThrow(ValueRangeError);
  });

  test('refuses a table with a type it does not know', () => {
    expect(() => encoder(1)).toThrow('t.c has type 1');
  });

  test('of rows is an array of the row type, however large', () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => ({ c: 'x'.repeat(index % 100) }));
    const bytes = encoder(OIDS.text).encode(rows);
    expect(bytes.readInt32BE(8)).toBe(99_999);
    expect(bytes.readInt32BE(12)).toBe(3_000);
    let at = 20;
    for (const { c } of rows) {
      const length = bytes.readInt32BE(at);
      expect(bytes.subarray(at + 16, at + 4 + length).toString()).toBe(c);
      at += 4 + length;
    }
    expect(at).toBe(bytes.length);
  });
});

/** PostgreSQL keeps the sign of a zero; the shortest text of one does not. */
const float = fc.float({ noNaN: true }).map((value) => (value === 0 ? 0 : value));

test('cells are read as they were written', () => {
  const cells = fc.array(fc.option(fc.integer({ min: -32_768, max: 32_767 })));
  fc.assert(
    fc.property(cells, (values) => {
      expect(readCells(new Uint8Array(encoded(OIDS.int2s, values)).subarray(4))).toEqual(values);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.option(float)), (values) => {
      const read = readCells(new Uint8Array(encoded(OIDS.float4s, values)).subarray(4));
      expect(read.map((cell) => (cell === null ? null : Math.fround(cell)))).toEqual(values);
    }),
  );
});

test('a float is read with the fewest digits that identify it', () => {
  expect(shortest(Math.fround(48.1))).toBe(48.1);
  fc.assert(
    fc.property(float, (value) => {
      expect(Math.fround(shortest(value))).toBe(value);
    }),
  );
});

test('UUIDs are distinguished from other texts', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(isUuid(uuid)).toBe(true);
      expect(Buffer.from(uuidBytes(uuid)!).toString('hex')).toBe(uuid.replaceAll('-', ''));
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(uuidBytes(text)).toBeNull();
    }),
  );
  expect(isUuid('00112233-4455-6677-8899-aabbccddeeff0')).toBe(false);
  expect(isUuid('00112233x4455-6677-8899-aabbccddeeff')).toBe(false);
});
