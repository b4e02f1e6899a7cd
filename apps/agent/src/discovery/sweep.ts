import type { Target } from '@loopstart/contracts';
import { SnmpError, type SnmpClient } from '@loopstart/snmp';
import { credentialsOf } from '../transport/snmp/access.ts';

const AT_ONCE = 32;
const TIMEOUT_MS = 1_000;
const RETRIES = 1;
/** sysObjectID (SNMPv2-MIB): every SNMP agent has one. */
const SYS_OBJECT_ID = '1.3.6.1.2.1.1.2.0';
/** Errors that prove that something at the address answers. */
const PROVE_AN_ANSWER: ReadonlySet<string> = new Set([
  'auth',
  'unknown-user',
  'not-in-time-window',
  'error-status',
  'too-big',
]);

/**
 * Probes each address for an SNMP agent, a limited number at once; returns those that answered. Addresses are taken
 * from `hosts` one by one, when there is a free slot, so that the longest list costs no memory.
 */
export async function sweep(
  client: Pick<SnmpClient, 'get'>,
  target: Target,
  hosts: Iterable<string>,
  signal: AbortSignal,
): Promise<string[]> {
  const credentials = credentialsOf(target.access);
  const answered: string[] = [];
  const next = hosts[Symbol.iterator]();
  const ask = async (host: string): Promise<boolean> => {
    const where = { host, port: target.port, credentials, timeoutMs: TIMEOUT_MS, retries: RETRIES };
    return client.get(where, [SYS_OBJECT_ID]).then(
      () => true,
      (error: unknown) => error instanceof SnmpError && PROVE_AN_ANSWER.has(error.code),
    );
  };
  const worker = async (): Promise<void> => {
    for (let one = next.next(); one.done !== true && !signal.aborted; one = next.next())
      if (await ask(one.value)) answered.push(one.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answered;
}
