import type { SnmpValue } from '@loopstart/snmp';

/** True where an agent answered with a value, not with an exception of RFC 3416 and not at all. */
export function isAnswer(
  value: SnmpValue | undefined,
): value is Exclude<SnmpValue, { type: 'null' | `${'noSuch' | 'endOf'}${string}` }> {
  if (value === undefined) return false;
  switch (value.type) {
    case 'null':
    case 'noSuchObject':
    case 'noSuchInstance':
    case 'endOfMibView':
      return false;
    default:
      return true;
  }
}

/**
 * The number in a value of any numeric type, undefined for every other. Agents (and recordings) mix up the numeric
 * types, and the number means the same in each, so the type is not checked further.
 */
export function numberIn(value: SnmpValue): number | undefined {
  switch (value.type) {
    case 'integer':
    case 'counter32':
    case 'gauge32':
    case 'timeticks':
      return value.value;
    case 'counter64':
      return value.value <= Number.MAX_SAFE_INTEGER ? Number(value.value) : undefined;
    default:
      return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');

/** Marks that change the direction of the text around them: a name could look like another. */
const DIRECTION_MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/**
 * The text in an octet string, trimmed, with control characters replaced by spaces and direction marks removed;
 * undefined for every other type. UTF-8 may end within a character, as in a field of fixed length; other bytes are read
 * as Latin-1, as older gateways write it.
 */
export function textIn(value: SnmpValue): string | undefined {
  if (value.type !== 'octets' && value.type !== 'opaque') return undefined;
  // A C string may be padded with its end mark, or contain memory after it.
  const end = value.value.indexOf(0);
  const bytes = end < 0 ? value.value : value.value.subarray(0, end);
  return decoded(bytes)
    .replace(DIRECTION_MARKS, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes.subarray(0, bytes.length - unfinished(bytes)));
  } catch {
    return latin1.decode(bytes);
  }
}

/** How many bytes at the end are the beginning of a truncated UTF-8 character (RFC 3629). */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0x80 && byte < 0xc0) continue;
    const needs = byte >= 0xf0 && byte < 0xf8 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    if (needs <= back || byte >= 0xf8) return 0;
    // After ASCII alone, a last byte is more likely a Latin-1 letter (é, ß), except Â and Ã, which end no word.
    const isLikely = back > 1 || byte === 0xc2 || byte === 0xc3;
    return isLikely || bytes.subarray(0, bytes.length - back).some((other) => other >= 0x80) ? back : 0;
  }
  return 0;
}

/** At most `max` characters of a text, without splitting a surrogate pair. */
export function cut(text: string, max: number): string {
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

export const integerValue = (value: number): SnmpValue => ({ type: 'integer', value });
export const gaugeValue = (value: number): SnmpValue => ({ type: 'gauge32', value });
export const counterValue = (value: number): SnmpValue => ({ type: 'counter32', value: value % 4_294_967_296 });
export const ticksValue = (value: number): SnmpValue => ({ type: 'timeticks', value });
export const textValue = (text: string): SnmpValue => ({ type: 'octets', value: new TextEncoder().encode(text) });
export const oidValue = (value: string): SnmpValue => ({ type: 'oid', value });
