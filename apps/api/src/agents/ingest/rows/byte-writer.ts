const START_BYTES = 65_536;

/** Writes big-endian binary into a buffer that grows and is reused. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(START_BYTES);
  #view = viewOf(this.#bytes);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  clear(): void {
    this.#at = 0;
  }

  /** A copy of the written bytes. */
  toBuffer(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#at));
  }

  int16(value: number): void {
    this.need(2);
    this.#view.setInt16(this.#at, value);
    this.#at += 2;
  }

  int32(value: number): void {
    this.need(4);
    this.#view.setInt32(this.#at, value);
    this.#at += 4;
  }

  int64(value: number): void {
    this.need(8);
    const high = Math.floor(value / 4_294_967_296);
    this.#view.setInt32(this.#at, high);
    this.#view.setUint32(this.#at + 4, value - high * 4_294_967_296);
    this.#at += 8;
  }

  float32(value: number): void {
    this.need(4);
    this.#view.setFloat32(this.#at, value);
    this.#at += 4;
  }

  byte(value: number): void {
    this.need(1);
    this.#bytes[this.#at] = value;
    this.#at += 1;
  }

  bytes(value: Uint8Array): void {
    this.need(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  /** An array of numbers in PostgreSQL's binary format, its length in bytes before it; `cellBytes` 2 or 4. */
  numbers(values: readonly (number | null)[], elementOid: number, cellBytes: 2 | 4, isFloat: boolean): void {
    this.need(24 + values.length * (4 + cellBytes));
    const view = this.#view;
    const start = this.#at;
    let at = start + 4;
    const header = values.length === 0 ? [0, 0, elementOid] : [1, 1, elementOid, values.length, 1];
    for (const word of header) {
      view.setInt32(at, word);
      at += 4;
    }
    for (const value of values) {
      if (value === null) {
        view.setInt32(at, -1);
        at += 4;
        continue;
      }
      view.setInt32(at, cellBytes);
      if (isFloat) view.setFloat32(at + 4, value);
      else if (cellBytes === 4) view.setInt32(at + 4, value);
      else view.setInt16(at + 4, value);
      at += 4 + cellBytes;
    }
    view.setInt32(start, at - start - 4);
    this.#at = at;
  }

  /** UTF-8, with its length in bytes before it. */
  text(value: string): void {
    const most = value.length * 3;
    this.need(4 + most);
    const written = this.#bytes.write(value, this.#at + 4);
    this.#view.setInt32(this.#at, written);
    this.#at += 4 + written;
  }

  /** Reserves an int32 that is known only later; `fill` writes it. */
  reserve32(): number {
    const at = this.#at;
    this.int32(0);
    return at;
  }

  fill32(at: number, value: number): void {
    this.#view.setInt32(at, value);
  }

  /** Makes sure that `count` more bytes fit. */
  need(count: number): void {
    const wanted = this.#at + count;
    if (wanted <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(wanted, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
