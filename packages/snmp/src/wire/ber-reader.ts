import { SnmpError } from './errors.ts';

/** Tags of the types that SNMP uses (RFC 2578 appendix A, RFC 3416 section 3). */
export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  ip: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeticks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  uinteger32: 0x47,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
} as const;

/** The error of every invalid encoding: the peer sent something that is not SNMP. */
export function malformed(what: string): SnmpError {
  return new SnmpError('decode', `malformed SNMP: ${what}`);
}

/**
 * A cursor over BER as SNMP restricts it (RFC 3417 section 8): definite lengths only. Every read is bounded by `end`;
 * length fields may be longer than needed (net-snmp writes them so) but never reach outside the enclosing element.
 * Throws SnmpError 'decode' and nothing else.
 */
export class BerReader {
  readonly bytes: Uint8Array;
  at: number;
  end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** The tag of the next element; refuses where there is none. */
  peekTag(): number {
    if (this.at >= this.end) throw malformed('ends early');
    return this.bytes[this.at] as number;
  }

  /** Reads tag and length, and returns where the content ends; the cursor stands at its start. */
  header(tag: number): number {
    if (this.peekTag() !== tag) {
      throw malformed(`tag ${(this.bytes[this.at] as number).toString(16)} where ${tag.toString(16)} belongs`);
    }
    this.at++;
    if (this.at >= this.end) throw malformed('ends within a length');
    let length = this.bytes[this.at++] as number;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0) throw malformed('indefinite length');
      if (octets > 4) throw malformed('length of more than four octets');
      if (octets > this.end - this.at) throw malformed('ends within a length');
      length = 0;
      for (let i = 0; i < octets; i++) length = length * 256 + (this.bytes[this.at++] as number);
    }
    if (length > this.end - this.at) throw malformed('content longer than what holds it');
    return this.at + length;
  }

  /** A reader of the content of the next element; this cursor moves past it. */
  inside(tag: number): BerReader {
    const contentEnd = this.header(tag);
    const inner = new BerReader(this.bytes, this.at, contentEnd);
    this.at = contentEnd;
    return inner;
  }

  /** A view (not a copy) of the content of the next element. */
  view(tag: number): Uint8Array {
    const contentEnd = this.header(tag);
    const content = this.bytes.subarray(this.at, contentEnd);
    this.at = contentEnd;
    return content;
  }

  /**
   * Integer32; accepts up to eight octets with redundant sign octets, as some agents send, if the value fits 32 bits.
   */
  integer(): number {
    const contentEnd = this.header(TAG.integer);
    const length = contentEnd - this.at;
    if (length === 0 || length > 8) throw malformed(`integer of ${length} octets`);
    let value = this.#signOctet();
    while (this.at < contentEnd) value = value * 256 + (this.bytes[this.at++] as number);
    if (value < -0x80000000 || value > 0x7fffffff) throw malformed('integer beyond 32 bits');
    return value;
  }

  /** Integer32 that may not be negative (request ids of messages, sizes, boots, times). */
  natural(): number {
    const value = this.integer();
    if (value < 0) throw malformed('negative number');
    return value;
  }

  /**
   * Counter32, Gauge32 or TimeTicks. Four octets with the high bit set are read as unsigned: a common fault of agents
   * with only one possible meaning. Shorter negative numbers have none and are refused.
   */
  unsigned32(tag: number): number {
    const contentEnd = this.header(tag);
    const length = contentEnd - this.at;
    if (length === 0 || length > 8) throw malformed(`unsigned of ${length} octets`);
    if (length < 4 && (this.bytes[this.at] as number) >= 0x80) throw malformed('negative unsigned');
    let value = 0;
    while (this.at < contentEnd) value = value * 256 + (this.bytes[this.at++] as number);
    if (value > 0xffffffff) throw malformed('unsigned beyond 32 bits');
    return value;
  }

  /** Counter64, with the same tolerance for eight octets with the high bit set. */
  counter64(): bigint {
    const contentEnd = this.header(TAG.counter64);
    const length = contentEnd - this.at;
    if (length === 0 || length > 9) throw malformed(`counter64 of ${length} octets`);
    const first = this.bytes[this.at] as number;
    if (length === 9 && first !== 0) throw malformed('counter64 beyond 64 bits');
    if (length < 8 && first >= 0x80) throw malformed('negative counter64');
    let high = 0;
    while (contentEnd - this.at > 4) high = high * 256 + (this.bytes[this.at++] as number);
    let low = 0;
    while (this.at < contentEnd) low = low * 256 + (this.bytes[this.at++] as number);
    if (high < 0x200000) return BigInt(high * 0x100000000 + low);
    return (BigInt(high) << 32n) | BigInt(low);
  }

  /** An element without content: NULL and the exceptions of v2. */
  empty(tag: number): void {
    if (this.header(tag) !== this.at) throw malformed('content where none belongs');
  }

  #signOctet(): number {
    const first = this.bytes[this.at++] as number;
    return first < 0x80 ? first : first - 256;
  }
}
