import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type Address, inside, type Network, whole } from '../network.ts';

/**
 * Special-purpose networks of the IANA registries (RFC 6890 and its updates) that are not the public internet and that
 * the library's own named ranges lack.
 */
const SPECIAL: readonly Network[] = [
  '0.0.0.0/8',
  '192.0.0.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '240.0.0.0/4',
  '64:ff9b:1::/48',
  '100::/64',
  '100:0:0:1::/64',
  '2001::/23',
  '2620:4f:8000::/48',
  '3fff::/20',
  '5f00::/16',
  'fec0::/10',
].map((text) => ipaddr.parseCIDR(text));
/** All allocated global unicast addresses of IPv6 (RFC 4291, IANA). */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3');

/** Which addresses Loopstart may send to besides the public internet. */
export interface OutboundAllow {
  hosts: ReadonlySet<string>;
  networks: readonly Network[];
}

/**
 * Parses LOOPSTART_OUTBOUND_ALLOW: hosts, addresses and CIDR networks, separated by commas. Throws an Error naming an
 * invalid entry.
 */
export function parseAllow(text: string): OutboundAllow {
  const hosts = new Set<string>();
  const networks: Network[] = [];
  for (const entry of text.split(',').map((part) => part.trim().toLowerCase())) {
    if (entry === '') continue;
    if (isIP(entry) !== 0) networks.push(whole(ipaddr.parse(entry)));
    else if (entry.includes('/')) networks.push(networkOf(entry));
    else if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(entry)) hosts.add(entry);
    else throw new Error(`"${entry}" is neither a host, an address nor a network such as 10.0.0.0/8`);
  }
  return { hosts, networks };
}

/** The additional destinations of the installation, in readable form: hosts, single addresses, and networks as CIDR. */
export function allowedWords({ hosts, networks }: OutboundAllow): string[] {
  const ranges = networks.map(([address, bits]) => {
    const isWhole = bits === (address.kind() === 'ipv4' ? 32 : 128);
    return isWhole ? address.toString() : `${address.toString()}/${bits}`;
  });
  return [...hosts, ...ranges];
}

/** Whether an address is on the public internet: anyone may have us send there. An invalid address is not. */
export function isPublic(text: string): boolean {
  const address = parseAddress(text);
  if (address === null || address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6' && !inside(address, GLOBAL_V6)) return false;
  return !SPECIAL.some((network) => inside(address, network));
}

/** Whether the installation's list allows this address. */
export function isAllowed(text: string, networks: readonly Network[]): boolean {
  const address = parseAddress(text);
  return address !== null && networks.some((network) => inside(address, network));
}

/** Whether two texts are the same address, however written. */
export function sameAddress(a: string, b: string): boolean {
  const [one, other] = [parseAddress(a), parseAddress(b)];
  return one !== null && other !== null && one.toNormalizedString() === other.toNormalizedString();
}

/**
 * An address in canonical form; an address with a zone or other additions is invalid. IPv4 in IPv6 stays IPv6: it is
 * not needed.
 */
function parseAddress(text: string): Address | null {
  return isIP(text) === 0 || text.includes('%') || !ipaddr.isValid(text) ? null : ipaddr.parse(text);
}

function networkOf(text: string): Network {
  try {
    return ipaddr.parseCIDR(text);
  } catch (cause) {
    throw new Error(`"${text}" is no network such as 10.0.0.0/8`, { cause });
  }
}
