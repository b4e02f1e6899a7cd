import type { Config } from '../config.ts';
import { GuardedHttp } from './guarded-http.ts';
import { GuardedTls } from './guarded-tls.ts';
import { makeResolve } from './resolve.ts';

/** The client for addresses that people choose, by the rules of the configuration. */
export function makeGuardedHttp(
  rules: Pick<Config, 'LOOPSTART_OUTBOUND_ALLOW' | 'LOOPSTART_OUTBOUND_PORTS'>,
): GuardedHttp {
  const { LOOPSTART_OUTBOUND_ALLOW: allow, LOOPSTART_OUTBOUND_PORTS: ports } = rules;
  return new GuardedHttp({ allow, ports }, makeResolve({ viaSystem: (host) => allow.hosts.has(host) }));
}

/** Syslog over TLS (RFC 5425): its port on the public internet, and the installation's additional destinations. */
const SYSLOG_TLS_PORT = 6514;

/** The same rules for syslog over TLS. */
export function makeGuardedTls({
  LOOPSTART_OUTBOUND_ALLOW: allow,
}: Pick<Config, 'LOOPSTART_OUTBOUND_ALLOW'>): GuardedTls {
  const resolve = makeResolve({ viaSystem: (host) => allow.hosts.has(host) });
  return new GuardedTls({ allow, ports: [SYSLOG_TLS_PORT] }, resolve);
}
