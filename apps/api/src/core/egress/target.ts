import { isIP } from 'node:net';
import { isAllowed, isPublic, type OutboundAllow } from './address-rules.ts';

/** The installation's rules for outgoing requests. */
export interface OutboundRules {
  allow: OutboundAllow;
  /** Ports on the public internet. */
  ports: readonly number[];
}

/** The destination of a request, as far as the URL itself shows it. */
export interface Target {
  url: URL;
  /** Host without brackets, as in a DNS query. */
  host: string;
  port: number;
  secure: boolean;
}

/**
 * Sending there is not allowed, or the host could not be looked up. The message is one sentence for the owner of the
 * channel.
 */
export class BlockedError extends Error {
  override readonly name = 'BlockedError';
}

/**
 * Checks a URL before any look-up. Throws BlockedError where its form is enough to refuse it: other protocols, user
 * names in it, other ports, addresses that are not public, names that do not exist on the internet.
 */
export function targetOf(text: string, rules: OutboundRules): Target {
  const url = parse(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new BlockedError('Only https addresses can be sent to.');
  if (url.username !== '' || url.password !== '')
    throw new BlockedError('The address must not contain a user name or password.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const target: Target = { url, host, secure, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port) };
  if (host === '') throw new BlockedError('The address has no host.');
  if (isIP(host) !== 0) checkAddresses(target, [host], rules);
  else if (!rules.allow.hosts.has(host)) checkName(host);
  return target;
}

/**
 * Checks all addresses of a host: if one is not allowed, the host is refused, because a mix of addresses indicates an
 * attack. Returns the addresses to connect to. Throws BlockedError.
 */
export function checkAddresses(target: Target, addresses: readonly string[], rules: OutboundRules): readonly string[] {
  if (addresses.length === 0) throw new BlockedError(`The host ${target.host} has no address.`);
  if (rules.allow.hosts.has(target.host)) return addresses;
  if (addresses.every((address) => isAllowed(address, rules.allow.networks))) return addresses;
  // The address is not shown: that would reveal our internal network to anyone who asks for its names.
  if (!addresses.every(isPublic))
    throw new BlockedError(`The host ${target.host} is not at an address of the public internet.`);
  if (!target.secure) throw new BlockedError('The address must begin with https.');
  if (!rules.ports.includes(target.port))
    throw new BlockedError(`Port ${target.port} is not allowed; use ${rules.ports.join(' or ')}.`);
  return addresses;
}

/** Names that never exist on the public internet (RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN's .internal). */
const LOCAL_NAMES =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa|test|invalid|example|onion|alt)$/;

function checkName(host: string): void {
  const name = host.replace(/\.$/, '');
  if (!name.includes('.') || LOCAL_NAMES.test(name))
    throw new BlockedError(`The host ${host} is not a name of the public internet.`);
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new BlockedError('This is not an address such as https://example.com/hook.');
  }
}
