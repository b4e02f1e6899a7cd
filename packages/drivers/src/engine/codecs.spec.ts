import type { SnmpValue } from '@loopstart/snmp';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyValue, bytes } from '../testing/support.ts';
import {
  booleanOf,
  celsius,
  count,
  decimalText,
  enumOf,
  identityText,
  macAddress,
  numberAsText,
  numberInText,
  objectId,
  scaled,
  seconds,
  text,
  textMatch,
  textOf,
  whole,
  type Codec,
} from './codecs.ts';

const int = (value: number): SnmpValue => ({ type: 'integer', value });
const str = (value: string): SnmpValue => ({ type: 'octets', value: bytes(value) });
const octets = (...values: number[]): SnmpValue => ({ type: 'octets', value: Uint8Array.from(values) });
/** A text in UTF-8 without its last bytes. */
const cutShort = (value: string, missing: number): SnmpValue => ({
  type: 'octets',
  value: bytes(value).slice(0, -missing),
});
const hook = enumOf({ 1: 'on-hook', 2: 'off-hook', [-1]: null });
const words = textOf({ 'On Hook': 'on-hook', 'Off Hook': 'off-hook' });
const tenth = scaled(0.01, { min: -60, max: 60 });

describe('decode', () => {
  test.for([
    ['a number of the table', hook, int(2), 'off-hook'],
    ['a number outside it', hook, int(3), undefined],
    ['a number that means nothing', hook, int(-1), null],
    ['the same number in another numeric type', hook, { type: 'gauge32', value: 1 }, 'on-hook'],
    ['a text where a number belongs', hook, str('1'), undefined],
    ['words in any case', words, str(' on hook'), 'on-hook'],
    ['no word at all', words, str(''), null],
    ['another word', words, str('Ringing'), undefined],
    ['a number where words belong', words, int(1), undefined],
    ['hundredths', tenth, int(-4812), -48.12],
    ['hundredths out of bounds', tenth, int(6001), undefined],
    ['a whole number', whole({ min: 0, max: 100 }), int(100), 100],
    ['beyond the bounds', whole({ min: 0, max: 100 }), int(101), undefined],
    ['the number for not measured', whole({ min: 0, max: 24 }, [-1]), int(-1), null],
    ['a negative counter', count, int(-1), undefined],
    ['a big counter', count, { type: 'counter64', value: 2n ** 60n }, undefined],
    ['time ticks', seconds, { type: 'timeticks', value: 199 }, 1],
    ['a percentage in a text', numberInText({ min: 0, max: 100 }), str('12.5 %'), 12.5],
    ['a sentence where a percentage belongs', numberInText({ min: 0, max: 100 }), str('12% of 100%'), undefined],
    ['a serial number in a number', numberAsText, { type: 'gauge32', value: 10512508 }, '10512508'],
    [
      'a MAC address in octets',
      macAddress,
      { type: 'octets', value: Uint8Array.of(0, 160, 186, 11, 209, 236) },
      '00:a0:ba:0b:d1:ec',
    ],
    ['a MAC address in text', macAddress, str('00A0.BA0B.D1EC'), '00:a0:ba:0b:d1:ec'],
    ['something else where a MAC address belongs', macAddress, str('none'), undefined],
    ['an OID with a leading dot', objectId, { type: 'oid', value: '.1.3.6' }, '1.3.6'],
    ['text up to its end mark', text(20), str('MP-118\0garbage'), 'MP-118'],
    ['text in Latin-1', text(20), { type: 'octets', value: Uint8Array.of(0x5a, 0xfc) }, 'Zü'],
    ['a placeholder of recordings', text(20), str('<private>'), null],
    ['text longer than its maximum', text(3), str('abcdef'), 'abc'],
    ['text that would be cut within a character', text(3), str('ab😀'), 'ab'],
    ['text in UTF-8', text(20), str('Zürich, Straße'), 'Zürich, Straße'],
    ['UTF-8 that the gateway cut within a character', text(20), cutShort('Bürö', 1), 'Bür'],
    ['UTF-8 cut after the first of two bytes', text(20), cutShort('Aufzug Köln Nö', 1), 'Aufzug Köln N'],
    ['UTF-8 cut within a character of four bytes', text(20), cutShort('Lift 😀', 2), 'Lift'],
    ['UTF-8 whose only character beyond ASCII is cut', text(20), cutShort('Nö', 1), 'N'],
    ['Latin-1 that ends in a letter of its own', text(20), octets(0x43, 0x61, 0x66, 0xe9), 'Café'],
    ['Latin-1 that ends in ß', text(20), octets(0x46, 0x75, 0xdf), 'Fuß'],
    ['Latin-1 with several letters', text(20), octets(0x4d, 0xfc, 0x6c, 0x6c, 0x6c, 0xf6), 'Mülllö'],
    ['text filled up with end marks', text(20), octets(0x4c, 0x31, 0, 0, 0, 0), 'L1'],
    ['an end mark before what is no UTF-8', text(20), octets(0xc3, 0xbc, 0, 0xff, 0xfe), 'ü'],
    ['nothing but end marks', text(20), octets(0, 0, 0), null],
    ['marks that turn the direction', text(30), str('\u202elift\u202c \u2066a\u2069\u200e\u200fb\u061c'), 'lift ab'],
    ['a placeholder', text(20), str(' N/A '), null],
    ['another placeholder', text(20), str('not specified'), null],
    ['zeros where a text may be zeros', text(20), str('000'), '000'],
    ['zeros where a serial number belongs', identityText(20), str('0000-0000'), null],
    ['a serial number that begins with zeros', identityText(20), str('0000-0417'), '0000-0417'],
    ['the number zero where a serial number belongs', numberAsText, { type: 'gauge32', value: 0 }, null],
    ['a MAC address of zeros', macAddress, octets(0, 0, 0, 0, 0, 0), null],
    ['a MAC address that was never set', macAddress, str('FF:FF:FF:FF:FF:FF'), null],
    ['degrees', celsius({ min: -40, max: 150 }), int(41), 41],
    ['degrees below zero', celsius({ min: -40, max: 150 }), int(-7), -7],
    [
      'degrees below zero, unsigned in 32 bits',
      celsius({ min: -40, max: 150 }),
      { type: 'gauge32', value: 4_294_967_291 },
      -5,
    ],
    [
      'degrees below zero, unsigned in 16 bits',
      celsius({ min: -40, max: 150 }),
      { type: 'gauge32', value: 65_531 },
      -5,
    ],
    ['the coldest', celsius({ min: -40, max: 150 }), { type: 'gauge32', value: 4_294_967_256 }, -40],
    [
      'colder than a board can be',
      celsius({ min: -40, max: 150 }),
      { type: 'gauge32', value: 4_294_967_255 },
      undefined,
    ],
    ['hotter than a board can be', celsius({ min: -40, max: 150 }), int(151), undefined],
    ['a measurement with a point', decimalText({ min: -60, max: 60 }), str('-48.2 V'), -48.2],
    ['a measurement with a comma', decimalText({ min: 0, max: 10 }), str('0,47µF'), 0.47],
    ['a measurement that was not made', decimalText({ min: 0, max: 10 }), str('--'), null],
    ['a measurement beyond its bounds', decimalText({ min: 0, max: 10 }), str('11'), undefined],
    ['control characters', text(20), str('a\r\n\tb'), 'a b'],
    ['a version within a sentence', textMatch(/Version ([^,]+)/, 20, String), str('IOS, Version 15.7, x'), '15.7'],
    ['a sentence without one', textMatch(/Version ([^,]+)/, 20, String), str('IOS'), null],
    ['one of several numbers for true', booleanOf([1, 3], [0]), int(3), true],
    ['a number for neither', booleanOf([1, 3], [0]), int(2), undefined],
  ] as const satisfies readonly (readonly [
    string,
    Codec<never> | Codec<string> | Codec<number> | Codec<boolean>,
    SnmpValue,
    unknown,
  ])[])('%s', ([, codec, value, expected]) => {
    expect(codec.decode(value)).toBe(expected);
  });
});

describe('both ways', () => {
  const all: [string, Codec<unknown>, fc.Arbitrary<unknown>][] = [
    ['enumOf', hook as Codec<unknown>, fc.constantFrom('on-hook', 'off-hook')],
    ['textOf', words as Codec<unknown>, fc.constantFrom('on-hook', 'off-hook')],
    ['scaled', tenth as Codec<unknown>, fc.integer({ min: -6000, max: 6000 }).map((hundredths) => hundredths / 100)],
    ['whole', whole({ min: -5, max: 5 }) as Codec<unknown>, fc.integer({ min: -5, max: 5 })],
    ['celsius', celsius({ min: -40, max: 150 }) as Codec<unknown>, fc.integer({ min: -40, max: 150 })],
    [
      'decimalText',
      decimalText({ min: -9, max: 9 }) as Codec<unknown>,
      fc.integer({ min: -900, max: 900 }).map((n) => n / 100),
    ],
    ['count', count as Codec<unknown>, fc.nat()],
    ['seconds', seconds as Codec<unknown>, fc.integer({ min: 0, max: 42_949_672 })],
    ['numberInText', numberInText({ min: 0, max: 100 }, '%') as Codec<unknown>, fc.integer({ min: 0, max: 100 })],
    ['numberAsText', numberAsText as Codec<unknown>, fc.integer({ min: 1, max: 2 ** 31 }).map(String)],
    ['text', text(64) as Codec<unknown>, fc.stringMatching(/^[A-Z0-9][!-~]{0,19}$/)],
    [
      'macAddress',
      macAddress as Codec<unknown>,
      fc
        .uint8Array({ minLength: 6, maxLength: 6 })
        .map((octets) => Buffer.from(octets).toString('hex').match(/../g)?.join(':')),
    ],
  ];
  test.for(all)('%s: decode(encode(x)) is x', ([, codec, values]) => {
    fc.assert(
      fc.property(values, (value) => {
        const encoded = codec.encode(value);
        expect(encoded && codec.decode(encoded)).toEqual(value);
      }),
    );
  });

  test.for(all)('%s: no value of the wire throws', ([, codec]) => {
    fc.assert(fc.property(anyValue, (value) => codec.decode(value) !== Symbol.iterator));
  });

  test('a word without a number is not encoded, unless one number stands for all others', () => {
    const only = { 1: 'ringing', 2: null } as Record<number, string | null>;
    expect(enumOf(only).encode('talking')).toBeUndefined();
    expect(enumOf(only, { otherwise: 2 }).encode('talking')).toEqual(int(2));
  });
});
