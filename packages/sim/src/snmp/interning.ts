import type { SnmpValue, VarBind } from '@loopstart/snmp';

/** Beyond this many, texts are no longer shared: a limit, not a working size. */
const SHARED_MAX = 200_000;

const OCTETS_SHARED_MAX = 32;

const oids = new Map<string, string>();
const values = new Map<string, SnmpValue>();

/**
 * The same value with its strings, small numbers and short texts shared between all simulated gateways of this
 * process: gateways of one model have the same OIDs and mostly the same values, and thousands of copies of them
 * would fill the memory.
 */
export function interned({ oid, value }: VarBind): VarBind {
  return { oid: sharedOid(oid), value: sharedValue(value) };
}

function sharedOid(oid: string): string {
  const known = oids.get(oid);
  if (known !== undefined) return known;
  if (oids.size < SHARED_MAX) oids.set(oid, oid);
  return oid;
}

function sharedValue(value: SnmpValue): SnmpValue {
  const key = keyOf(value);
  if (key === null) return value;
  const known = values.get(key);
  if (known !== undefined) return known;
  if (values.size < SHARED_MAX) values.set(key, value);
  return value;
}

/** null for values that hardly ever occur twice. */
function keyOf(value: SnmpValue): string | null {
  if (!('value' in value)) return value.type;
  if (typeof value.value === 'number') {
    return value.value < -1000 || value.value > 10_000 ? null : `${value.type}:${value.value}`;
  }
  if (value.value instanceof Uint8Array) {
    if (value.value.length > OCTETS_SHARED_MAX) return null;
    return `${value.type}:${Buffer.from(value.value.buffer, value.value.byteOffset, value.value.length).toString('latin1')}`;
  }
  return null;
}

/** Whether two values are the same on the wire. */
export function sameValue(a: SnmpValue, b: SnmpValue): boolean {
  if (a === b) return true;
  if (a.type !== b.type) return false;
  if (!('value' in a) || !('value' in b)) return true;
  if (a.value instanceof Uint8Array && b.value instanceof Uint8Array) return Buffer.compare(a.value, b.value) === 0;
  return a.value === b.value;
}
