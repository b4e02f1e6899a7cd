import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { type Address, inside, type Network, whole } from '../network.ts';
import { sameText } from './same-text.ts';

/** Which addresses may name another as the origin of a request. */
export type TrustedProxies = readonly Network[];

/** The header in which the console proves that it is ours. */
export const CONSOLE_KEY_HEADER = 'x-loopstart-console';

/** Parses TRUSTED_PROXIES: addresses and networks, separated by commas. Throws an Error naming an invalid entry. */
export function parseTrustedProxies(text: string): TrustedProxies {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((entry) => {
      try {
        return entry.includes('/') ? ipaddr.parseCIDR(entry) : whole(ipaddr.process(entry));
      } catch (cause) {
        throw new Error(`"${entry}" is neither an address nor a network such as 10.0.0.0/8`, { cause });
      }
    });
}

export interface Hops {
  trusted: TrustedProxies;
  /** The key that the console sends with each request it passes on; absent: no console is known. */
  consoleKey?: string | undefined;
}

/**
 * The real origin of a request: the address of the connection, unless it is our console's or a trusted proxy's, which
 * then names the caller in X-Forwarded-For. Each entry is trusted only if its writer is trusted: an entry written by an
 * untrusted host has no effect. An invalid entry ends the search there.
 */
export function clientAddress(
  request: { headers: IncomingMessage['headers']; socket: { remoteAddress?: string | undefined } },
  { trusted, consoleKey }: Hops,
): string {
  let client = parse(request.socket.remoteAddress ?? '');
  if (client === null) return 'unknown';
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').toReversed();
  const ours = consoleKey !== undefined && sameText(String(request.headers[CONSOLE_KEY_HEADER] ?? ''), consoleKey);
  for (const [hop, name] of forwarded.entries()) {
    if (!(hop === 0 && ours) && !isTrusted(client, trusted)) break;
    const before = parse(name.trim());
    if (before === null) break;
    client = before;
  }
  return client.toString();
}

/** The network of one party: an address of IPv4, but a whole /64 of IPv6, in which a host can choose its address. */
export function networkOf(address: string): string {
  const parsed = parse(address);
  if (parsed === null || parsed.kind() === 'ipv4') return address;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

function parse(text: string): Address | null {
  return ipaddr.isValid(text) && !text.includes('%') ? ipaddr.process(text) : null;
}

function isTrusted(address: Address, trusted: TrustedProxies): boolean {
  return trusted.some((network) => inside(address, network));
}
