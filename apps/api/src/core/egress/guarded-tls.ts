import type { TLSSocket } from 'node:tls';
import { connectTo } from './connect.ts';
import type { Resolve } from './resolve.ts';
import { checkAddresses, type OutboundRules, type Target, targetOf } from './target.ts';

/** Where to connect, and what the certificate there is checked against: these authorities, or those of the system. */
export interface TlsDestination {
  host: string;
  port: number;
  ca: string | null;
  /** Shown where the other side asks for it; null: none. */
  client: { certificate: string; privateKey: string } | null;
}

/** TLS connections to hosts that customers choose, by the rules of `GuardedHttp`: looked up once, every address checked. */
export class GuardedTls {
  readonly #rules: OutboundRules;
  readonly #resolve: Resolve;

  constructor(rules: OutboundRules, resolve: Resolve) {
    this.#rules = rules;
    this.#resolve = resolve;
  }

  /** Checks the form of a destination, for when it is saved. Throws BlockedError. */
  check({ host, port }: Pick<TlsDestination, 'host' | 'port'>): void {
    targetOf(addressOf(host, port), this.#rules);
  }

  /** Throws BlockedError where connecting is not allowed, and the error of the socket where nothing answers. */
  async connect({ host, port, ca, client }: TlsDestination, signal: AbortSignal): Promise<TLSSocket> {
    const target: Target = targetOf(addressOf(host, port), this.#rules);
    const found = /^[\d.]+$|:/.test(target.host) ? [target.host] : await this.#resolve(target.host);
    signal.throwIfAborted();
    const addresses = checkAddresses(target, found, this.#rules);
    return (await connectTo(target, addresses, signal, {
      ...(ca !== null && { ca }),
      ...(client !== null && { cert: client.certificate, key: client.privateKey }),
    })) as TLSSocket;
  }
}

/** In the form that the rules read; no request is made to it. */
const addressOf = (host: string, port: number): string => `https://${host.includes(':') ? `[${host}]` : host}:${port}/`;
