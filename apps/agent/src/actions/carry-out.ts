import type { ActionProgress } from '@loopstart/contracts';
import type { ActionStep } from '@loopstart/drivers';
import { SnmpError, type SnmpClient, type SnmpTarget, type VarBind } from '@loopstart/snmp';
import { sleep, type Clock } from '../core/clock.ts';

const LOOK_AGAIN_MS = 1_000;

export interface CarryOutContext {
  client: Pick<SnmpClient, 'get' | 'set'>;
  reading: SnmpTarget;
  writing: SnmpTarget;
  clock: Clock;
  signal: AbortSignal;
}

/** A step that the gateway did not do; the message is one plain sentence. */
export class StepFailedError extends Error {
  override readonly name = 'StepFailedError';
}

/** Carries out the steps of an action in order; the readings they yield. Rejects with StepFailedError or SnmpError. */
export async function carryOut(
  steps: readonly ActionStep[],
  context: CarryOutContext,
): Promise<ActionProgress['result']> {
  const result: ActionProgress['result'] = {};
  for (const step of steps) {
    if (context.signal.aborted) throw new StepFailedError('The agent was stopped before it was done.');
    if ('set' in step) await context.client.set(context.writing, step.set);
    else if ('waitForMs' in step) await sleep(context.clock, step.waitForMs, context.signal);
    else if ('readUntil' in step) await readUntil(step.readUntil, context);
    else Object.assign(result, await readResult(step.readResult, context));
  }
  return result;
}

async function readUntil(
  { oid, done, timeoutMs }: Extract<ActionStep, { readUntil: unknown }>['readUntil'],
  { client, reading, clock, signal }: CarryOutContext,
): Promise<void> {
  const deadline = clock.monotonicMs() + timeoutMs;
  for (;;) {
    const [answer] = await client.get(reading, [oid]);
    const verdict = answer === undefined ? 'wait' : done(answer.value);
    if (verdict === 'done') return;
    if (verdict === 'failed') throw new StepFailedError('The gateway says that it failed.');
    if (clock.monotonicMs() + LOOK_AGAIN_MS > deadline || signal.aborted) {
      throw new StepFailedError(`The gateway was not done after ${Math.round(timeoutMs / 1000)} s.`);
    }
    await sleep(clock, LOOK_AGAIN_MS, signal);
  }
}

const isErrorStatus = (error: unknown) => error instanceof SnmpError && error.code === 'error-status';

async function oneByOne(
  client: CarryOutContext['client'],
  target: SnmpTarget,
  oids: readonly string[],
): Promise<(VarBind | undefined)[]> {
  const answers: (VarBind | undefined)[] = [];
  for (const oid of oids) {
    const alone = await client.get(target, [oid]).catch((error: unknown) => {
      if (!isErrorStatus(error)) throw error;
      return [];
    });
    answers.push(alone[0]);
  }
  return answers;
}

async function readResult(
  wanted: Extract<ActionStep, { readResult: unknown }>['readResult'],
  { client, reading }: CarryOutContext,
): Promise<ActionProgress['result']> {
  const names = Object.keys(wanted);
  const oids = names.map((name) => wanted[name]?.oid as string);
  const answers = await client.get(reading, oids).catch((error: unknown) => {
    // Under v1 one object that is not there costs the answer to all: then each is asked alone.
    if (!isErrorStatus(error)) throw error;
    return oneByOne(client, reading, oids);
  });
  const result: ActionProgress['result'] = {};
  for (const [place, name] of names.entries()) {
    const value = answers[place]?.value;
    const decoded = value === undefined ? null : (wanted[name]?.decoder.decode(value) ?? null);
    result[name.slice(0, 60)] = typeof decoded === 'string' ? decoded.slice(0, 500) : decoded;
  }
  return result;
}
