import { isIP } from 'node:net';
import { TARGET_PREFIX_MIN } from '@loopstart/contracts';

/** The addresses of a range, generated one by one: a list of many ranges costs no more than its text. */
export interface HostRange {
  readonly count: number;
  [Symbol.iterator](): Iterator<string>;
  /** `address` as a dotted quad. */
  includes(address: string): boolean;
}

/** The address of a target: one host, a range of them, or an invalid text. */
export type AddressSpec =
  | { kind: 'one'; address: string; isName: boolean }
  | { kind: 'range'; hosts: HostRange }
  | { kind: 'refused'; reason: string };

const NAME =
  /^(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.?$/i;

/**
 * Parses a target's address. Network and broadcast address of a range are left out where there are others (RFC 3021:
 * not for /31).
 */
export function readAddress(text: string): AddressSpec {
  if (isIP(text) !== 0) return { kind: 'one', address: text, isName: false };
  const range = /^([\d.]+)\/(\d{1,2})$/.exec(text);
  if (range !== null) return readRange(range[1] as string, Number(range[2]));
  // Only digits and dots is a mistyped address, not a name.
  if (!/^[\d.]+$/.test(text) && NAME.test(text)) return { kind: 'one', address: text, isName: true };
  return { kind: 'refused', reason: `"${text}" is no address, host name or IPv4 range` };
}

function readRange(base: string, prefix: number): AddressSpec {
  if (isIP(base) !== 4 || prefix > 32) return { kind: 'refused', reason: `${base}/${prefix} is no IPv4 range` };
  if (prefix < TARGET_PREFIX_MIN) {
    return { kind: 'refused', reason: `${base}/${prefix} is too wide: at most a /${TARGET_PREFIX_MIN} is searched` };
  }
  const size = 2 ** (32 - prefix);
  const first = Math.floor(toNumber(base) / size) * size;
  return { kind: 'range', hosts: prefix >= 31 ? hostRange(first, size) : hostRange(first + 1, size - 2) };
}

function hostRange(first: number, count: number): HostRange {
  return {
    count,
    *[Symbol.iterator]() {
      for (let offset = 0; offset < count; offset += 1) yield toText(first + offset);
    },
    includes(address) {
      if (isIP(address) !== 4) return false;
      const number = toNumber(address);
      return number >= first && number < first + count;
    },
  };
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** One spelling for equal addresses: IPv4 inside IPv6 (RFC 4291 section 2.5.5.2) as IPv4, lower case. */
export function plainAddress(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');
}
