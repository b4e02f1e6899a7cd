/** Numbers, bytes, texts and maps in CBOR (RFC 8949): what an authenticator writes. */
export type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>;

export function encodeCbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([key, one]) => [encodeCbor(key), encodeCbor(one)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

/** The major type with a number of up to 16 bits (section 3). */
function head(major: number, value: number): Buffer {
  const type = major << 5;
  if (value < 24) return Buffer.from([type | value]);
  if (value < 0x1_00) return Buffer.from([type | 24, value]);
  if (value < 0x1_00_00) return Buffer.from([type | 25, value >> 8, value & 0xff]);
  throw new RangeError(`${value} needs more than 16 bits`);
}
