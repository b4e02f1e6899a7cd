import { sleep } from '../core/clock.ts';
import { StepFailedError, type StepResult, type StepRun, type Tagged } from '../transport/device-transport.ts';
import type { DeviceLinks } from '../transport/transports.ts';

/** A step of a driver's plan: a pause, or work for the transport that it names. */
export type Step = { waitForMs: number } | Tagged;

/** Carries out the steps of an action in order; returns the readings. Rejects where one fails. */
export async function carryOut(
  steps: readonly Step[],
  { links, clock, signal }: StepRun & { links: Pick<DeviceLinks, 'for'> },
): Promise<StepResult> {
  const result: StepResult = {};
  for (const step of steps) {
    if (signal.aborted) throw new StepFailedError('The agent was stopped before it was done.');
    if ('waitForMs' in step) await sleep(clock, step.waitForMs, signal);
    else Object.assign(result, await links.for(step.transport).carryOut(step, { clock, signal }));
  }
  return result;
}
