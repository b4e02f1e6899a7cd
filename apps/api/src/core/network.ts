import type ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** An address and how many of its bits name the network. */
export type Network = readonly [Address, number];

/** The network that is this address alone. */
export const whole = (address: Address): Network => [address, address.kind() === 'ipv4' ? 32 : 128];

/** Whether an address is in a network; one of IPv4 is in none of IPv6, and the other way round. */
export const inside = (address: Address, [base, bits]: Network): boolean =>
  address.kind() === base.kind() && address.match(base, bits);
