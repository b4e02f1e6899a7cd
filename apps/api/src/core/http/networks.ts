import ipaddr from 'ipaddr.js';
import { inside, type Network, whole } from '../network.ts';

/** An address or network in CIDR notation; null where the text is neither. */
function parseNetwork(text: string): Network | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text) || text.includes('%')) return null;
  return whole(ipaddr.process(text));
}

/** Whether a text is an address or a network whose address has no bits beyond its length: `10.0.0.1/8` is a mistake. */
export function isNetwork(text: string): boolean {
  const parsed = parseNetwork(text);
  if (parsed === null) return false;
  const [address, bits] = parsed;
  const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return kind.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString() === address.toString();
}

/** Whether an address is in one of the networks. An address that is none is in no network. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const one = ipaddr.process(address);
  return networks.some((text) => {
    const network = parseNetwork(text);
    return network !== null && inside(one, network);
  });
}
