import { UP_KINDS } from '@loopstart/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame, FRAME_HEADER_BYTES, readFrame, scanFrames } from './frame.ts';

const frameArbitrary = fc.record({
  kind: fc.constantFrom(...UP_KINDS),
  position: fc.tuple(fc.nat(0xffff_ffff), fc.nat(Number.MAX_SAFE_INTEGER)),
  at: fc.nat(8_640_000_000_000_000),
  payload: fc.uint8Array({ maxLength: 120 }),
});

function concat(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

describe('outbox frames', () => {
  test('frames are read as written', () => {
    fc.assert(
      fc.property(fc.array(frameArbitrary, { maxLength: 8 }), (frames) => {
        const scan = scanFrames(concat(frames.map(encodeFrame)));
        expect(scan.damages).toEqual([]);
        expect(scan.frames.map(({ kind, position, at }) => ({ kind, position, at }))).toEqual(
          frames.map(({ kind, position, at }) => ({ kind, position, at })),
        );
      }),
    );
  });

  test('a file truncated anywhere gives exactly its complete frames', () => {
    fc.assert(
      fc.property(fc.array(frameArbitrary, { minLength: 1, maxLength: 5 }), fc.nat(), (frames, cut) => {
        const parts = frames.map(encodeFrame);
        const all = concat(parts);
        const end = cut % (all.length + 1);
        const scan = scanFrames(all.subarray(0, end));
        let whole = 0;
        let bytes = 0;
        while (whole < parts.length && bytes + (parts[whole] as Uint8Array).length <= end) {
          bytes += (parts[whole] as Uint8Array).length;
          whole += 1;
        }
        expect(scan.frames.length).toBe(whole);
        expect(scan.goodBytes).toBe(bytes);
      }),
    );
  });

  test('one changed byte costs the frame it is in and no other, and is reported as damage unless it is the last', () => {
    fc.assert(
      fc.property(
        fc.array(frameArbitrary, { minLength: 2, maxLength: 5 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (frames, where, flip) => {
          const parts = frames.map(encodeFrame);
          const all = concat(parts);
          const at = where % all.length;
          all[at] = (all[at] as number) ^ flip;
          let hit = 0;
          let end = (parts[0] as Uint8Array).length;
          while (at >= end) end += (parts[++hit] as Uint8Array).length;
          const scan = scanFrames(all);
          const expected = frames.filter((_, index) => index !== hit).map((frame) => frame.position);
          expect(scan.frames.map((frame) => frame.position)).toEqual(expected);
          expect(scan.damages.length).toBe(hit === frames.length - 1 ? 0 : 1);
        },
      ),
    );
  });

  test.for([
    ['an empty file', new Uint8Array(0)],
    ['zeros, as a file system leaves after a power cut', new Uint8Array(500)],
    [
      'less than a header',
      encodeFrame({ kind: 'gap', position: [1, 1], at: 0, payload: new Uint8Array(0) }).subarray(0, 31),
    ],
    ['a length that reaches past the end', withLength(0x7fff_ffff)],
  ] as const)('no frame in %s', ([, bytes]) => {
    expect(readFrame(bytes, 0)).toBeNull();
    expect(scanFrames(bytes)).toEqual({ frames: [], damages: [], goodBytes: 0 });
  });

  test.for([
    ['a payload beyond the layout', { position: [1, 1] as const, payload: new Uint8Array(1_048_577) }],
    ['an epoch beyond 32 bits', { position: [2 ** 32, 1] as const, payload: new Uint8Array(0) }],
  ] as const)('refuses %s', ([, part]) => {
    expect(() => encodeFrame({ kind: 'health', at: 0, ...part })).toThrow(RangeError);
  });
});

function withLength(length: number): Uint8Array {
  const bytes = encodeFrame({ kind: 'gap', position: [1, 1], at: 0, payload: new Uint8Array(FRAME_HEADER_BYTES) });
  new DataView(bytes.buffer).setUint32(4, length, true);
  return bytes;
}
