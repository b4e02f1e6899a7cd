import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUp } from './decode.ts';

const folder = join(import.meta.dirname, '../../../../../../packages/contracts/fixtures/agent-v1');
const golden = readdirSync(folder).filter((file) => file.startsWith('up.'));
const gap = {
  v: 1,
  epoch: 3,
  seq: 7,
  after: [3, 6],
  kind: 'gap',
  body: { reason: 'outbox-full', fromAt: null, toAt: null, lost: { reports: 1 } },
};
const decode = (value: unknown) => decodeUp(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('reading a message', () => {
  test.for(golden)('%s of version 1', (file) => {
    const decoded = decodeUp(readFileSync(join(folder, file)));
    expect(decoded.rejection).toBeNull();
    expect(file).toBe(`up.${decoded.message?.kind}.json`);
  });

  test.for([
    ['no JSON', '{"v":1', 'not-json', null, 'unknown'],
    ['null', 'null', 'invalid', null, 'unknown'],
    ['another version, with its place', { ...gap, v: 2 }, 'wrong-version', [3, 7], 'gap'],
    ['a wrong body, with its place', { ...gap, body: {} }, 'invalid', [3, 7], 'gap'],
    ['a place that is none', { ...gap, seq: 'seven' }, 'invalid', null, 'gap'],
    ['a place beyond what a number holds exactly', { ...gap, seq: 2 ** 53 }, 'invalid', null, 'gap'],
    ['an unknown kind', { ...gap, kind: 'gossip' }, 'invalid', [3, 7], 'unknown'],
    ['a place before the start', { ...gap, seq: -1 }, 'invalid', null, 'gap'],
  ] as const)('%s', ([, value, code, position, kind]) => {
    expect(decode(value)).toMatchObject({ message: null, rejection: { code }, position, kind });
  });

  test('a predecessor that cannot be read does not delay the message for ever', () => {
    expect(decode({ ...gap, after: 'before' })).toMatchObject({
      position: [3, 7],
      after: [0, 0],
      rejection: { code: 'invalid' },
    });
  });

  test('more bytes than are allowed are not even parsed', () => {
    expect(decodeUp(Buffer.alloc(262_145, '['))).toMatchObject({ rejection: { code: 'too-large' }, position: null });
  });

  test('characters that a database cannot store are replaced everywhere', () => {
    const lost = { 'a\0b': 1 };
    const decoded = decode(JSON.stringify({ ...gap, body: { ...gap.body, lost } }));
    expect(decoded.message?.body).toMatchObject({ lost: { 'a\u{FFFD}b': 1 } });
  });

  test('never throws, for any bytes', () => {
    const anything = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(anything, (bytes) => {
        const { message, rejection } = decodeUp(bytes);
        expect((message === null) !== (rejection === null)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
