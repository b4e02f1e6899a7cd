import type { SnmpValue, VarBind } from '@loopstart/snmp';

/** Beyond this many, texts are no longer shared: a bound, not a working size. */
const SHARED_MAX = 200_000;

const oids = new Map<string, string>();
const numbers = new Map<string, SnmpValue>();

/**
 * The same value with strings and small numbers shared between all simulated gateways of this process: gateways of
 * one model have the same OIDs and mostly the same numbers, and thousands of copies of them would fill the memory.
 */
export function interned({ oid, value }: VarBind): VarBind {
  return { oid: sharedOid(oid), value: sharedNumber(value) };
}

function sharedOid(oid: string): string {
  const known = oids.get(oid);
  if (known !== undefined) return known;
  if (oids.size < SHARED_MAX) oids.set(oid, oid);
  return oid;
}

function sharedNumber(value: SnmpValue): SnmpValue {
  if (!('value' in value) || typeof value.value !== 'number') return value;
  if (value.value < -1000 || value.value > 10_000) return value;
  const key = `${value.type}:${value.value}`;
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, value);
  return value;
}

/** Whether two values are the same on the wire. */
export function sameValue(a: SnmpValue, b: SnmpValue): boolean {
  if (a === b) return true;
  if (a.type !== b.type) return false;
  if (!('value' in a) || !('value' in b)) return true;
  if (a.value instanceof Uint8Array && b.value instanceof Uint8Array) return Buffer.compare(a.value, b.value) === 0;
  return a.value === b.value;
}
