import type { Target } from '@loopstart/contracts';
import { SnmpError, type SnmpClient } from '@loopstart/snmp';
import { Slots } from '../core/slots.ts';
import { credentialsOf } from '../snmp/access.ts';

const AT_ONCE = 32;
const TIMEOUT_MS = 1_000;
const RETRIES = 1;
/** sysObjectID (SNMPv2-MIB): every SNMP agent has one. */
const SYS_OBJECT_ID = '1.3.6.1.2.1.1.2.0';
/** Errors that only somebody who is there can cause. */
const SOMEBODY: ReadonlySet<string> = new Set([
  'auth',
  'unknown-user',
  'not-in-time-window',
  'error-status',
  'too-big',
]);

/** Asks each address whether an SNMP agent is there, a bounded number at once; returns those that answered. */
export async function sweep(
  client: Pick<SnmpClient, 'get'>,
  target: Target,
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const slots = new Slots(AT_ONCE);
  const credentials = credentialsOf(target.access);
  const answers = await Promise.all(
    hosts.map((host) =>
      slots.run(async () => {
        if (signal.aborted) return null;
        const where = { host, port: target.port, credentials, timeoutMs: TIMEOUT_MS, retries: RETRIES };
        return client.get(where, [SYS_OBJECT_ID]).then(
          () => host,
          (error: unknown) => (error instanceof SnmpError && SOMEBODY.has(error.code) ? host : null),
        );
      }),
    ),
  );
  return answers.filter((host) => host !== null);
}
