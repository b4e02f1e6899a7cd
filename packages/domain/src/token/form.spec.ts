import { randomBytes } from 'node:crypto';
import { crc32 as zlib } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import {
  hintOf,
  kindOfToken,
  TOKEN_IN_TEXT,
  TOKEN_PREFIX,
  TOKEN_RANDOM_BYTES,
  tokenFrom,
  type TokenKind,
} from './form.ts';

const KINDS = Object.keys(TOKEN_PREFIX) as TokenKind[];
const make = (kind: TokenKind = 'token') => tokenFrom(kind, randomBytes(TOKEN_RANDOM_BYTES));
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

test('the checksum is the CRC-32 of gzip', () => {
  expect(crc32('123456789')).toBe(0xcb_f4_39_26);
  fc.assert(fc.property(fc.stringMatching(/^[\x20-\x7e]*$/u), (text) => crc32(text) === zlib(text)));
});

describe('a token', () => {
  test.for(KINDS)('%s is known by its prefix and checksum', (kind) => {
    const token = make(kind);
    expect(token).toMatch(new RegExp(`^${TOKEN_PREFIX[kind]}[0-9A-Za-z]{38}$`, 'u'));
    expect(kindOfToken(token)).toBe(kind);
    expect(hintOf(token)).toBe(token.slice(0, 8));
  });

  test('with one character changed, at any place, is none', () => {
    const token = make();
    for (let at = 0; at < token.length; at += 1)
      for (const character of ALPHABET)
        if (character !== token[at])
          expect(kindOfToken(token.slice(0, at) + character + token.slice(at + 1))).toBeNull();
  });

  test('with two neighbours changed over is none', () => {
    const token = make();
    for (let at = 4; at + 1 < token.length; at += 1) {
      const swapped = token.slice(0, at) + token[at + 1]! + token[at]! + token.slice(at + 2);
      if (swapped !== token) expect(kindOfToken(swapped)).toBeNull();
    }
  });

  test.for(['', 'lst_', 'lst', make().slice(0, -1), `${make()}0`, ` ${make()}`, `${make()}\n`, make().toLowerCase()])(
    '%j is none',
    (text) => expect(kindOfToken(text)).toBeNull(),
  );

  test('each character is equally likely, and the bytes that would disturb that are skipped', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const seen = [...all].filter((byte) => byte < 248).map((byte) => ALPHABET[byte % 62]!);
    expect(new Set(seen).size).toBe(62);
    expect(tokenFrom('token', Uint8Array.from([255, 254, 248, ...Array(32).fill(61)])).slice(4, 36)).toBe(
      'z'.repeat(32),
    );
    expect(() => tokenFrom('token', new Uint8Array(31))).toThrow(RangeError);
    expect(() => tokenFrom('token', new Uint8Array(96).fill(255))).toThrow(RangeError);
  });

  test('is found inside a text, also when it is cut', () => {
    const token = make('access-token');
    expect(`/mcp?access_token=${token}&a=1`.replaceAll(TOKEN_IN_TEXT, '…')).toBe('/mcp?access_token=…&a=1');
    expect(`${token.slice(0, 20)} lists_of_things`.replaceAll(TOKEN_IN_TEXT, '…')).toBe('… lists_of_things');
  });
});
