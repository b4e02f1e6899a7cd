import type { Oid } from './types.ts';

const DOT = 46;

/** Digits from `from` to the end of the arc there. */
function digitsLeft(oid: Oid, from: number): number {
  let at = from;
  while (at < oid.length && oid.charCodeAt(at) !== DOT) at++;
  return at - from;
}

/**
 * Orders two OIDs by their arcs as numbers, a prefix before longer OIDs: negative, 0 or positive. Both must be
 * canonical (no leading zeros), as every decoded OID is.
 */
export function compareOids(a: Oid, b: Oid): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  // The arcs at `at` agree so far: the one with more digits left is the greater number.
  const longer = digitsLeft(a, at) - digitsLeft(b, at);
  if (longer !== 0) return longer;
  if (at === a.length) return -1;
  if (at === b.length) return 1;
  return a.charCodeAt(at) - b.charCodeAt(at);
}

/** Whether `oid` is `prefix` or lies below it in the tree. */
export function oidStartsWith(oid: Oid, prefix: Oid): boolean {
  if (!oid.startsWith(prefix)) return false;
  return oid.length === prefix.length || prefix === '' || oid.charCodeAt(prefix.length) === DOT;
}
