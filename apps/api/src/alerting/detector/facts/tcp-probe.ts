import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config.ts';
import { connectTo } from '../../../core/egress/connect.ts';
import { makeResolve, type Resolve } from '../../../core/egress/resolve.ts';
import { type OutboundRules, type Target } from '../../../core/egress/target.ts';
import { isAllowed, isPublic } from '../../../core/egress/address-rules.ts';

const PROBE_MS = 3_000;

/** Whether an operator's address accepts a TCP connection. Addresses that webhooks may not use are refused here too. */
@Injectable()
export class TcpProbe {
  readonly #rules: Pick<OutboundRules, 'allow'>;
  readonly #resolve: Resolve;

  constructor(@Inject(CONFIG) config: Config) {
    this.#rules = { allow: config.LOOPSTART_OUTBOUND_ALLOW };
    this.#resolve = makeResolve({ viaSystem: (host) => config.LOOPSTART_OUTBOUND_ALLOW.hosts.has(host) });
  }

  /** `address` is `host:port`. Null where it is refused or does not resolve, which proves nothing about the site. */
  async answers(address: string): Promise<boolean | null> {
    const target = targetOf(address);
    if (target === null) return null;
    const addresses = await this.#addresses(target.host);
    if (addresses === null) return null;
    try {
      const socket = await connectTo(target, addresses, AbortSignal.timeout(PROBE_MS));
      socket.destroy();
      return true;
    } catch (error) {
      // A refused connection proves that the host is there.
      return (error as { code?: string }).code === 'ECONNREFUSED';
    }
  }

  async #addresses(host: string): Promise<readonly string[] | null> {
    try {
      const found = /^[\d.]+$|:/.test(host) ? [host] : await this.#resolve(host);
      const { hosts, networks } = this.#rules.allow;
      const fine = hosts.has(host) || found.every((one) => isPublic(one) || isAllowed(one, networks));
      return fine && found.length > 0 ? found : null;
    } catch {
      return null;
    }
  }
}

/** Parses `host:port` or `[v6]:port`; null where it is neither. */
function targetOf(address: string): Target | null {
  try {
    // Only a scheme without a port of its own keeps every port.
    const url = new URL(`tcp://${address}`);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (host === '' || url.port === '' || url.username !== '' || url.pathname.length > 1) return null;
    return { url, host, port: Number(url.port), secure: false };
  } catch {
    return null;
  }
}
