import { isIPv4, isIPv6 } from 'node:net';

const MAPPED_V4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The block by which an address is counted: an IPv4 address itself (also where it came as `::ffff:a.b.c.d`), an IPv6
 * address by its /64, in which one subscriber can choose addresses (RFC 6177, RFC 8981). An invalid address is its own
 * block.
 */
export function addressBlock(address: string): string {
  const bare = address.split('%')[0]!;
  const mapped = MAPPED_V4.exec(bare)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(bare)) return address;
  const [head = '', tail] = bare.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 ending stands for two groups.
  const afterCount = after.length + (after.at(-1)?.includes('.') === true ? 1 : 0);
  const zeros = tail === undefined ? 0 : 8 - before.length - afterCount;
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
