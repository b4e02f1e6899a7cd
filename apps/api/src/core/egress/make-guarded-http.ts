import type { Config } from '../config.ts';
import { GuardedHttp } from './guarded-http.ts';
import { makeResolve } from './resolve.ts';

/** The client for addresses that people choose, by the rules of the configuration. */
export function makeGuardedHttp(
  rules: Pick<Config, 'LOOPSTART_OUTBOUND_ALLOW' | 'LOOPSTART_OUTBOUND_PORTS'>,
): GuardedHttp {
  const { LOOPSTART_OUTBOUND_ALLOW: allow, LOOPSTART_OUTBOUND_PORTS: ports } = rules;
  return new GuardedHttp({ allow, ports }, makeResolve({ viaSystem: (host) => allow.hosts.has(host) }));
}
