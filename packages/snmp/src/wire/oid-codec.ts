import { malformed } from './ber-reader.ts';
import { SnmpError } from './errors.ts';
import type { Oid } from './types.ts';

/** RFC 2578 section 3.5: at most 128 sub-identifiers, each at most 2^32 - 1. */
export const OID_ARCS_MAX = 128;
const ARC_MAX = 0xffffffff;

const CANONICAL_OID = /^[012](\.(0|[1-9]\d{0,9}))+$/;

const CACHE_SIZE_MAX = 16_384;
const encodings = new Map<Oid, Uint8Array>();

/**
 * The content octets of an OID; cached, so never write into them. An OID has at least two arcs (BER packs the first two
 * into one). Throws SnmpError 'limit' for an invalid OID.
 */
export function encodeOid(oid: Oid): Uint8Array {
  const known = encodings.get(oid);
  if (known) return known;
  const encoded = Uint8Array.from(encodeArcs(arcsOf(oid)));
  if (encodings.size >= CACHE_SIZE_MAX) encodings.clear();
  encodings.set(oid, encoded);
  return encoded;
}

function arcsOf(oid: Oid): number[] {
  if (!CANONICAL_OID.test(oid)) throw new SnmpError('limit', `not an object identifier: '${oid.slice(0, 80)}'`);
  const arcs = oid.split('.').map(Number);
  const [first = 0, second = 0] = arcs;
  const wrongRoot = first > 2 || (first < 2 && second > 39) || second > ARC_MAX - 80;
  if (wrongRoot || arcs.length > OID_ARCS_MAX || arcs.some((arc) => arc > ARC_MAX)) {
    throw new SnmpError('limit', `object identifier out of bounds: '${oid.slice(0, 80)}'`);
  }
  return arcs;
}

function encodeArcs([first = 0, second = 0, ...rest]: number[]): number[] {
  const octets: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    if (arc >= 0x10000000) octets.push(0x80 | (arc >>> 28));
    if (arc >= 0x200000) octets.push(0x80 | ((arc >>> 21) & 0x7f));
    if (arc >= 0x4000) octets.push(0x80 | ((arc >>> 14) & 0x7f));
    if (arc >= 0x80) octets.push(0x80 | ((arc >>> 7) & 0x7f));
    octets.push(arc & 0x7f);
  }
  return octets;
}

/** How many sub-identifiers end within these content octets. */
export function countSubIdentifiers(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if ((bytes[at] as number) < 0x80) count++;
  return count;
}

/**
 * Dotted text of the sub-identifiers in these octets, without the special meaning of the first: an index suffix.
 * Refuses sub-identifiers beyond 32 bits, padded ones, and a truncated last one.
 */
export function decodeSubIdentifiers(bytes: Uint8Array, from: number, to: number): string {
  if (to - from === 1 && (bytes[from] as number) < 0x80) return String(bytes[from]);
  let text = '';
  let at = from;
  while (at < to) {
    let octet = bytes[at++] as number;
    if (octet === 0x80) throw malformed('padded sub-identifier');
    let arc = octet & 0x7f;
    while (octet >= 0x80) {
      if (at >= to) throw malformed('object identifier ends within an arc');
      octet = bytes[at++] as number;
      arc = arc * 128 + (octet & 0x7f);
      if (arc > ARC_MAX) throw malformed('sub-identifier beyond 32 bits');
    }
    text += text === '' ? arc : '.' + arc;
  }
  return text;
}

/** Dotted text of a whole OID from its content octets. An empty content reads as 0.0, as in net-snmp. */
export function decodeOid(bytes: Uint8Array, from: number, to: number): Oid {
  if (from >= to) return '0.0';
  if (countSubIdentifiers(bytes, from, to) >= OID_ARCS_MAX) throw malformed('object identifier of too many arcs');
  const text = decodeSubIdentifiers(bytes, from, to);
  const dot = text.indexOf('.');
  const head = Number(dot < 0 ? text : text.slice(0, dot));
  const root = Math.min(2, Math.floor(head / 40));
  return `${root}.${head - root * 40}${dot < 0 ? '' : text.slice(dot)}`;
}

/** Whether the octets begin with `prefix` (content octets of an OID), at an arc's border. */
export function encodedStartsWith(bytes: Uint8Array, from: number, to: number, prefix: Uint8Array): boolean {
  if (to - from < prefix.length) return false;
  // Siblings differ in their last arcs: comparing from the end decides soonest.
  for (let i = prefix.length - 1; i >= 0; i--) if (bytes[from + i] !== prefix[i]) return false;
  return true;
}

function subIdentifierLeft(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] as number) >= 0x80) at++;
  return at - from;
}

/** As compareOids, on content octets in minimal form. */
export function compareEncoded(
  a: Uint8Array,
  aFrom: number,
  aTo: number,
  b: Uint8Array,
  bFrom: number,
  bTo: number,
): number {
  const shorter = Math.min(aTo - aFrom, bTo - bFrom);
  let i = 0;
  while (i < shorter && a[aFrom + i] === b[bFrom + i]) i++;
  if (i === shorter) return aTo - aFrom - (bTo - bFrom);
  // Everything before the difference is equal, so the sub-identifier with more octets left is the greater number.
  const longer = subIdentifierLeft(a, aFrom + i, aTo) - subIdentifierLeft(b, bFrom + i, bTo);
  if (longer !== 0) return longer;
  return (a[aFrom + i] as number) - (b[bFrom + i] as number);
}
