import type { SnmpValue } from '@loopstart/snmp';

/** True where an agent answered with a value, not with an exception of RFC 3416 or with nothing. */
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

/**
 * The text in an octet string, trimmed, with control characters made spaces; undefined for every other type.
 * What is not UTF-8 is read as Latin-1, as older gateways write it.
 */
export function textIn(value: SnmpValue): string | undefined {
  if (value.type !== 'octets' && value.type !== 'opaque') return undefined;
  let text: string;
  try {
    text = utf8.decode(value.value);
  } catch {
    text = latin1.decode(value.value);
  }
  // A C string may carry its end and what lay behind it in memory.
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).replace(/\p{Cc}+/gu, ' ').trim();
}

export const integerValue = (value: number): SnmpValue => ({ type: 'integer', value });
export const gaugeValue = (value: number): SnmpValue => ({ type: 'gauge32', value });
export const counterValue = (value: number): SnmpValue => ({ type: 'counter32', value: value % 4_294_967_296 });
export const ticksValue = (value: number): SnmpValue => ({ type: 'timeticks', value });
export const textValue = (text: string): SnmpValue => ({ type: 'octets', value: new TextEncoder().encode(text) });
export const oidValue = (value: string): SnmpValue => ({ type: 'oid', value });
