import type { ActionProgress, Target } from '@loopstart/contracts';
import type { Answers, Problem } from '@loopstart/drivers';
import type { Clock } from '../core/clock.ts';

/** A gateway as a transport reaches it. */
export interface Device {
  readonly target: Target;
  readonly limits: { timeoutMs: number; retries: number };
  /** The IP address in use. Rejects where its name cannot be resolved. */
  host(): Promise<string>;
}

/** Work for the transport that it names. */
export interface Tagged {
  readonly transport: string;
}

/** The context in which a transport carries out a step. */
export interface StepRun {
  clock: Clock;
  signal: AbortSignal;
}

/** Readings of a step, by name with unit. */
export type StepResult = ActionProgress['result'];

/** A step that the gateway did not carry out; the message is one plain sentence. */
export class StepFailedError extends Error {
  override readonly name = 'StepFailedError';
}

export interface PlanReading {
  answers: Answers;
  problems: Problem[];
  /** Objects, columns and cells (column and row) that could not be read: their values are unknown. */
  unread: ReadonlySet<string>;
}

/** One gateway by one transport, which may remember the largest request that the gateway can answer. */
export interface DeviceLink {
  /** Reads the objects of a plan. Rejects where nothing is answered. */
  read(plan: Tagged): Promise<PlanReading>;
  /** Carries out one step of an action. Rejects with StepFailedError where the gateway does not do it. */
  carryOut(step: Tagged, run: StepRun): Promise<StepResult>;
}

/** A protocol for talking to gateways; registered in `Transports`. */
export interface DeviceTransport {
  /** Its name in the steps and plans of drivers. */
  readonly name: string;
  link(device: Device): DeviceLink;
}
