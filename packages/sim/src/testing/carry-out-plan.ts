import type { ActionPlan } from '@loopstart/drivers';
import type { SnmpClient, SnmpTarget } from '@loopstart/snmp';

const POLL_MS = 1_000;

/**
 * Carries out a plan as an agent does: writes, waits on the given clock, reads. Returns the readings by name. Throws
 * Error where a step fails or takes too long on that clock.
 */
export async function carryOutPlan(
  client: SnmpClient,
  target: SnmpTarget,
  plan: ActionPlan,
  clock: { at: number },
): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  for (const step of plan.steps) {
    if ('set' in step) {
      await client.set(target, step.set);
    } else if ('waitForMs' in step) {
      clock.at += step.waitForMs;
    } else if ('readUntil' in step) {
      const { oid, done, timeoutMs } = step.readUntil;
      const until = clock.at + timeoutMs;
      for (;;) {
        const [answer] = await client.get(target, [oid]);
        const verdict = answer === undefined ? 'failed' : done(answer.value);
        if (verdict === 'done') break;
        if (verdict === 'failed' || clock.at > until) throw new Error(`waiting for ${oid} ended as ${verdict}`);
        clock.at += POLL_MS;
      }
    } else {
      for (const [name, { oid, decoder }] of Object.entries(step.readResult)) {
        const [answer] = await client.get(target, [oid]);
        results[name] = answer === undefined ? undefined : decoder.decode(answer.value);
      }
    }
  }
  return results;
}
