/** Splits the bytes of a connection into messages. Bounded: a message that is too long is skipped and counted. */
export interface Frames {
  push(chunk: Uint8Array): { messages: Uint8Array[]; tooLong: number };
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/**
 * Messages over TCP and TLS (RFC 6587): with their length before them ("octet counting", also RFC 5425), or ended by a
 * newline. A message that begins with a digit from 1 to 9 has its length before it.
 */
export function tcpFrames(maxBytes: number): Frames {
  let rest: Uint8Array = new Uint8Array(0);
  /** Bytes of a message that is too long which are still to come; Infinity: to the next newline. */
  let skipping = 0;
  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : concat(rest, chunk);
      const messages: Uint8Array[] = [];
      let tooLong = 0;
      let at = 0;
      while (at < bytes.length) {
        if (skipping > 0) {
          const end = skipping === Infinity ? bytes.indexOf(NEWLINE, at) : at + skipping;
          if (end === -1 || end > bytes.length) {
            skipping = skipping === Infinity ? Infinity : skipping - (bytes.length - at);
            at = bytes.length;
            break;
          }
          at = skipping === Infinity ? end + 1 : end;
          skipping = 0;
          continue;
        }
        const counted = countAt(bytes, at);
        if (counted === 'more') break;
        if (counted !== null) {
          if (counted.length > maxBytes) {
            tooLong += 1;
            skipping = counted.length;
            at = counted.start;
            continue;
          }
          if (counted.start + counted.length > bytes.length) break;
          push(messages, bytes.subarray(counted.start, counted.start + counted.length));
          at = counted.start + counted.length;
          continue;
        }
        const end = bytes.indexOf(NEWLINE, at);
        if (end === -1 ? bytes.length - at > maxBytes : end - at > maxBytes) {
          tooLong += 1;
          skipping = Infinity;
          continue;
        }
        if (end === -1) break;
        push(messages, bytes.subarray(at, end));
        at = end + 1;
      }
      rest = bytes.slice(at);
      return { messages, tooLong };
    },
  };
}

function push(messages: Uint8Array[], bytes: Uint8Array): void {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === NEWLINE || bytes[end - 1] === 0x0d || bytes[end - 1] === 0)) end -= 1;
  if (end > 0) messages.push(bytes.slice(0, end));
}

/** The length before a message at `at`; null: it has none; 'more': that is not decided yet. */
function countAt(bytes: Uint8Array, at: number): { start: number; length: number } | null | 'more' {
  const first = bytes[at] ?? 0;
  if (first <= DIGIT_0 || first > DIGIT_9) return null;
  let length = 0;
  for (let i = at; i < at + 8; i += 1) {
    const byte = bytes[i];
    if (byte === undefined) return 'more';
    if (byte === SPACE) return { start: i + 1, length };
    if (byte < DIGIT_0 || byte > DIGIT_9) return null;
    length = length * 10 + (byte - DIGIT_0);
  }
  return null;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
