import type { SnmpStep } from '@loopstart/drivers';
import { SnmpError, type SnmpClient, type SnmpTarget, type VarBind } from '@loopstart/snmp';
import { sleep } from '../../core/clock.ts';
import { StepFailedError, type StepResult, type StepRun } from '../device-transport.ts';

const LOOK_AGAIN_MS = 1_000;

export interface SnmpRun extends StepRun {
  client: Pick<SnmpClient, 'get' | 'set'>;
  reading: SnmpTarget;
  writing: SnmpTarget;
}

/** Carries out one step; returns its readings. Rejects with StepFailedError or SnmpError. */
export async function carryOutStep(step: SnmpStep, run: SnmpRun): Promise<StepResult> {
  if ('readResult' in step) return readResult(step.readResult, run);
  if ('readUntil' in step) await readUntil(step.readUntil, run);
  else await run.client.set(run.writing, step.set);
  return {};
}

async function readUntil(
  { oid, done, timeoutMs }: Extract<SnmpStep, { readUntil: unknown }>['readUntil'],
  { client, reading, clock, signal }: SnmpRun,
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
  client: SnmpRun['client'],
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
  wanted: Extract<SnmpStep, { readResult: unknown }>['readResult'],
  { client, reading }: SnmpRun,
): Promise<StepResult> {
  const names = Object.keys(wanted);
  const oids = names.map((name) => wanted[name]?.oid as string);
  const answers = await client.get(reading, oids).catch((error: unknown) => {
    // Under v1 one absent object costs the whole answer: then each is requested alone.
    if (!isErrorStatus(error)) throw error;
    return oneByOne(client, reading, oids);
  });
  const result: StepResult = {};
  for (const [place, name] of names.entries()) {
    const value = answers[place]?.value;
    const decoded = value === undefined ? null : (wanted[name]?.decoder.decode(value) ?? null);
    result[name.slice(0, 60)] = typeof decoded === 'string' ? decoded.slice(0, 500) : decoded;
  }
  return result;
}
