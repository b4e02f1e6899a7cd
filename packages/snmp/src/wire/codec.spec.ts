import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BerReader } from './ber-reader.ts';
import { encodeCommunityMessage, encodeTrapV1Message, enterMessage, readCommunity } from './community-message.ts';
import { SnmpError } from './errors.ts';
import { PDU, encodeBindings, readPdu, readTrapV1, readVarbinds } from './pdu.ts';
import type { SnmpValue, VarBind } from './types.ts';
import { readV3Message } from '../usm/message.ts';
import { readValue } from './value-codec.ts';

const oid = fc
  .array(fc.oneof(fc.nat({ max: 200 }), fc.integer({ min: 0, max: 0xffffffff })), { maxLength: 20 })
  .map((arcs) => ['1.3', ...arcs].join('.'));
const octets = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes));
const value: fc.Arbitrary<SnmpValue> = fc.oneof(
  fc.integer({ min: -0x80000000, max: 0x7fffffff }).map((number): SnmpValue => ({ type: 'integer', value: number })),
  fc
    .tuple(fc.constantFrom('counter32', 'gauge32', 'timeticks'), fc.integer({ min: 0, max: 0xffffffff }))
    .map(([type, number]) => ({ type, value: number }) as SnmpValue),
  fc
    .bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn })
    .map((number): SnmpValue => ({ type: 'counter64', value: number })),
  octets.map((bytes): SnmpValue => ({ type: 'octets', value: bytes })),
  octets.map((bytes): SnmpValue => ({ type: 'opaque', value: bytes })),
  oid.map((name): SnmpValue => ({ type: 'oid', value: name })),
  fc.ipV4().map((address): SnmpValue => ({ type: 'ip', value: address })),
  fc.constantFrom('null', 'noSuchObject', 'noSuchInstance', 'endOfMibView').map((type) => ({ type }) as SnmpValue),
);
const varbinds: fc.Arbitrary<VarBind[]> = fc.array(fc.record({ oid, value }), { maxLength: 20 });
const int32 = fc.integer({ min: -0x80000000, max: 0x7fffffff });

/** Everything a receiver does with a datagram before authentication. */
function readEverything(bytes: Uint8Array): void {
  const reader = new BerReader(bytes);
  if (enterMessage(reader) === 3) {
    readV3Message(reader);
    return;
  }
  readCommunity(reader);
  const content = reader.peekTag() === PDU.trapV1 ? readTrapV1(reader) : readPdu(reader);
  readVarbinds(content.bindings);
}

/** Passes for input that is read or refused properly; fails for any other error, and for a reader that never ends. */
function expectOrderly(bytes: Uint8Array): void {
  try {
    readEverything(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(SnmpError);
    expect((error as SnmpError).code).toBe('decode');
  }
}

describe('round trips', () => {
  test('of whole messages', () => {
    fc.assert(
      fc.property(varbinds, int32, fc.string({ maxLength: 40 }), (list, requestId, community) => {
        const head = { tag: PDU.response, requestId, errorStatus: 5, errorIndex: 2 };
        const reader = new BerReader(encodeCommunityMessage(1, community, head, encodeBindings(list)));
        expect(enterMessage(reader)).toBe(1);
        expect(readCommunity(reader)).toBe(Buffer.from(community).toString());
        const { bindings, ...rest } = readPdu(reader);
        expect(rest).toEqual(head);
        expect(readVarbinds(bindings)).toEqual(list);
      }),
    );
  });

  test('of v1 traps', () => {
    fc.assert(
      fc.property(
        varbinds,
        oid,
        fc.ipV4(),
        fc.nat({ max: 6 }),
        int32,
        (list, enterprise, agentAddress, generic, specific) => {
          const trap = { enterprise, agentAddress, generic, specific, uptimeTicks: 0xffffffff };
          const reader = new BerReader(encodeTrapV1Message('public', trap, encodeBindings(list)));
          enterMessage(reader);
          readCommunity(reader);
          const { bindings, ...rest } = readTrapV1(reader);
          expect(rest).toEqual(trap);
          expect(readVarbinds(bindings)).toEqual(list);
        },
      ),
    );
  });

  test('values do not share the memory of their datagram', () => {
    const list: VarBind[] = [{ oid: '1.3.6', value: { type: 'octets', value: new Uint8Array(100).fill(7) } }];
    const bytes = encodeBindings(list);
    const reader = new BerReader(bytes);
    const [varbind] = readVarbinds(reader.inside(0x30));
    bytes.fill(0);
    expect(varbind?.value).toEqual({ type: 'octets', value: new Uint8Array(100).fill(7) });
  });
});

describe('numbers on the wire', () => {
  const cases: [string, string, SnmpValue][] = [
    ['minimal', '02017f', { type: 'integer', value: 127 }],
    ['negative', '0201ff', { type: 'integer', value: -1 }],
    ['with needless zeros', '02050000000005', { type: 'integer', value: 5 }],
    ['with needless ones', '0205ffffffffff', { type: 'integer', value: -1 }],
    ['smallest', '020480000000', { type: 'integer', value: -0x80000000 }],
    ['five octets for a large counter', '410500ffffffff', { type: 'counter32', value: 0xffffffff }],
    ['a counter written as if signed', '4104ffffffff', { type: 'counter32', value: 0xffffffff }],
    ['UInteger32 of RFC 1442', '470105', { type: 'gauge32', value: 5 }],
    ['nine octets', '460900ffffffffffffffff', { type: 'counter64', value: 0xffff_ffff_ffff_ffffn }],
    ['a counter64 written as if signed', '4608ffffffffffffffff', { type: 'counter64', value: 0xffff_ffff_ffff_ffffn }],
    ['2^53 and one', '46080020000000000001', { type: 'counter64', value: 9_007_199_254_740_993n }],
    ['length longer than needed', '028200017f', { type: 'integer', value: 127 }],
    ['empty OID', '0600', { type: 'oid', value: '0.0' }],
  ];
  test.for(cases)('%s: %s', ([, hex, expected]) => {
    expect(readValue(new BerReader(Buffer.from(hex, 'hex')))).toEqual(expected);
  });
});

describe('refused values', () => {
  test.for([
    ['no content of an integer', '0200'],
    ['integer beyond 32 bits', '02050080000000'],
    ['integer below 32 bits', '0205ff7fffffff'],
    ['integer of nine octets', '0209000000000000000001'],
    ['counter of 33 bits', '41050100000000'],
    ['short negative counter', '4101ff'],
    ['empty counter', '4100'],
    ['short negative counter64', '4602ff00'],
    ['counter64 of 65 bits', '460901ffffffffffffffff'],
    ['IP address of three octets', '40030a0000'],
    ['NULL with content', '050100'],
    ['endOfMibView with content', '820100'],
    ['indefinite length', '0480610000'],
    ['length of five octets', '04850000000001ff'],
    ['length of 4 GB', '0484ffffffff'],
    ['length beyond the end', '040561'],
    ['cut within the length', '0482'],
    ['only a tag', '04'],
    ['nothing', ''],
    ['NSAP address of RFC 1442', '4501ff'],
    ['constructed octet string', '24030401ff'],
  ] as const)('%s', ([, hex]) => {
    expect(() => readValue(new BerReader(Buffer.from(hex, 'hex')))).toThrow(SnmpError);
  });

  test('sequences within sequences to the end of the datagram', () => {
    let nested = Buffer.alloc(0);
    for (let depth = 0; depth < 15_000; depth++) {
      const length = Buffer.from([0x30, 0x83, nested.length >> 16, (nested.length >> 8) & 255, nested.length & 255]);
      nested = Buffer.concat([length, nested]);
      if (nested.length > 60_000) break;
    }
    expectOrderly(nested);
    expect(() => readEverything(nested)).toThrow(SnmpError);
  });
});

describe('hostile datagrams', () => {
  const sample = encodeCommunityMessage(
    1,
    'public',
    { tag: PDU.response, requestId: 7, errorStatus: 0, errorIndex: 0 },
    encodeBindings([
      { oid: '1.3.6.1.2.1.1.3.0', value: { type: 'timeticks', value: 4711 } },
      { oid: '1.3.6.1.2.1.1.5.0', value: { type: 'octets', value: new TextEncoder().encode('gateway') } },
      { oid: '1.3.6.1.2.1.31.1.1.1.6.1', value: { type: 'counter64', value: 12_345_678_901_234n } },
    ]),
  );

  test('random octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), expectOrderly), { numRuns: 2000 });
  });

  test('random octets that begin as a message', () => {
    const start = fc.constantFrom('020100', '020101', '020103').map((hex) => Buffer.from(hex, 'hex'));
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 120 }), (version, rest) => {
        expectOrderly(Buffer.concat([Buffer.from([0x30, version.length + rest.length]), version, rest]));
      }),
      { numRuns: 2000 },
    );
  });

  test('any flipped bit', () => {
    for (let bit = 0; bit < sample.length * 8; bit++) {
      const turned = Buffer.from(sample);
      turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
      expectOrderly(turned);
    }
  });

  test('any number of flipped bits', () => {
    const bit = fc.nat({ max: sample.length * 8 - 1 });
    fc.assert(
      fc.property(fc.array(bit, { minLength: 2, maxLength: 12 }), (bits) => {
        const turned = Buffer.from(sample);
        for (const at of bits) turned[at >> 3] = (turned[at >> 3] as number) ^ (1 << (at & 7));
        expectOrderly(turned);
      }),
      { numRuns: 1000 },
    );
  });

  test('truncated anywhere, it is refused', () => {
    for (let length = 0; length < sample.length; length++) {
      expect(() => readEverything(sample.subarray(0, length))).toThrow(SnmpError);
    }
  });

  test('padding behind a message is ignored', () => {
    expect(() => readEverything(Buffer.concat([sample, Buffer.alloc(5)]))).not.toThrow();
  });
});

describe('values that cannot be written', () => {
  const cases: [string, SnmpValue][] = [
    ['integer beyond 32 bits', { type: 'integer', value: 0x80000000 }],
    ['integer with a fraction', { type: 'integer', value: 1.5 }],
    ['negative counter', { type: 'counter32', value: -1 }],
    ['counter of 33 bits', { type: 'gauge32', value: 0x1_0000_0000 }],
    ['negative counter64', { type: 'counter64', value: -1n }],
    ['counter64 of 65 bits', { type: 'counter64', value: 1n << 64n }],
    ['IPv6 address', { type: 'ip', value: '::1' }],
    ['half an IP address', { type: 'ip', value: '10.0' }],
    ['octets beyond a datagram', { type: 'octets', value: new Uint8Array(70_000) }],
  ];
  test.for(cases)('%s', ([, content]) => {
    expect(() => encodeBindings([{ oid: '1.3.6', value: content }])).toThrow(SnmpError);
  });
});
