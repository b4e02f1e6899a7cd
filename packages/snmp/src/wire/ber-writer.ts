import { SnmpError } from './errors.ts';
import { TAG } from './ber-reader.ts';

/** Largest payload of a UDP datagram over IPv4. */
export const DATAGRAM_BYTES_MAX = 65_507;

/**
 * Writes BER from the end to the start, so that every length is known when it is written: last element first, content
 * before header. `mark()` before an element, `header(tag, mark)` after its content.
 */
export class BerWriter {
  readonly #bytes = Buffer.allocUnsafe(DATAGRAM_BYTES_MAX);
  #at = DATAGRAM_BYTES_MAX;

  reset(): void {
    this.#at = DATAGRAM_BYTES_MAX;
  }

  mark(): number {
    return this.#at;
  }

  /** Octets written since `reset`. */
  get length(): number {
    return DATAGRAM_BYTES_MAX - this.#at;
  }

  /** A copy of everything written since `reset`. */
  take(): Buffer<ArrayBuffer> {
    const copy = Buffer.allocUnsafe(this.length);
    this.#bytes.copy(copy, 0, this.#at);
    return copy;
  }

  octet(value: number): void {
    if (this.#at === 0) throw new SnmpError('too-big', 'message does not fit a datagram');
    this.#bytes[--this.#at] = value;
  }

  raw(content: Uint8Array): void {
    if (content.length > this.#at) throw new SnmpError('too-big', 'message does not fit a datagram');
    this.#at -= content.length;
    this.#bytes.set(content, this.#at);
  }

  header(tag: number, mark: number): void {
    const length = mark - this.#at;
    if (length < 0x80) this.octet(length);
    else if (length < 0x100) {
      this.octet(length);
      this.octet(0x81);
    } else {
      this.octet(length & 0xff);
      this.octet(length >> 8);
      this.octet(0x82);
    }
    this.octet(tag);
  }

  element(tag: number, content: Uint8Array): void {
    const mark = this.#at;
    this.raw(content);
    this.header(tag, mark);
  }

  /** Integer32, minimal form. */
  integer(value: number): void {
    if (!Number.isInteger(value) || value < -0x80000000 || value > 0x7fffffff) throw outOfRange('Integer32', value);
    const mark = this.#at;
    let rest = value;
    do {
      this.octet(rest & 0xff);
      rest >>= 8;
    } while (rest !== 0 && rest !== -1);
    const first = this.#bytes[this.#at] as number;
    if (value >= 0 && first >= 0x80) this.octet(0);
    if (value < 0 && first < 0x80) this.octet(0xff);
    this.header(TAG.integer, mark);
  }

  /** Counter32, Gauge32 or TimeTicks, minimal form. */
  unsigned32(tag: number, value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
      throw outOfRange('an unsigned 32-bit number', value);
    const mark = this.#at;
    let rest = value;
    do {
      this.octet(rest & 0xff);
      rest >>>= 8;
    } while (rest !== 0);
    if ((this.#bytes[this.#at] as number) >= 0x80) this.octet(0);
    this.header(tag, mark);
  }

  /** Counter64, minimal form. */
  counter64(value: bigint): void {
    if (value < 0n || value > 0xffff_ffff_ffff_ffffn) throw outOfRange('Counter64', value);
    const mark = this.#at;
    let rest = value;
    do {
      this.octet(Number(rest & 0xffn));
      rest >>= 8n;
    } while (rest !== 0n);
    if ((this.#bytes[this.#at] as number) >= 0x80) this.octet(0);
    this.header(TAG.counter64, mark);
  }
}

function outOfRange(type: string, value: number | bigint): SnmpError {
  return new SnmpError('limit', `${value} is not ${type}`);
}

/** One shared writer: every message is written at once, without waiting in between. */
export const sharedWriter = new BerWriter();
