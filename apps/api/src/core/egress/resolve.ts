import { lookup, Resolver as DnsResolver } from 'node:dns/promises';
import { BlockedError } from './target.ts';

/** Every address of a host; throws BlockedError where it has none or DNS does not answer. */
export type Resolve = (host: string) => Promise<string[]>;

const DNS_TIMEOUT_MS = 2_500;

/**
 * Queries DNS on sockets of its own. getaddrinfo would use the four threads that the whole process shares: a slow name
 * server of one endpoint would delay the others. Names that match `viaSystem` still use it, for the hosts file.
 */
export function makeResolve(options: { viaSystem: (host: string) => boolean; servers?: readonly string[] }): Resolve {
  const dns = new DnsResolver({ timeout: DNS_TIMEOUT_MS, tries: 2 });
  if (options.servers !== undefined) dns.setServers(options.servers);
  return async (host) => {
    if (options.viaSystem(host)) return systemAddresses(host);
    const answers = await Promise.allSettled([dns.resolve4(host), dns.resolve6(host)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses;
    const codes = answers.map((answer) => (answer.status === 'rejected' ? codeOf(answer.reason) : ''));
    const missing = codes.every((code) => code === 'ENOTFOUND' || code === 'ENODATA');
    throw new BlockedError(missing ? `There is no host ${host}.` : `The host ${host} could not be looked up.`);
  };
}

async function systemAddresses(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  } catch (cause) {
    throw new BlockedError(`The host ${host} could not be looked up.`, { cause });
  }
}

function codeOf(reason: unknown): string {
  return (reason as { code?: string }).code ?? '';
}
