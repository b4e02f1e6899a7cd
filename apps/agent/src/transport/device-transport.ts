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

/** What a transport needs while it carries out a step. */
export interface StepRun {
  clock: Clock;
  signal: AbortSignal;
}

/** Readings that a step yields, by name with unit. */
export type StepResult = ActionProgress['result'];

/** A step that the gateway did not do; the message is one plain sentence. */
export class StepFailedError extends Error {
  override readonly name = 'StepFailedError';
}

export interface PlanReading {
  answers: Answers;
  problems: Problem[];
  /** Objects, columns and cells (column and row) that could not be read: nothing is known of them, good or bad. */
  unread: ReadonlySet<string>;
}

/** One gateway by one transport, which may remember how much the gateway bears. */
export interface DeviceLink {
  /** Reads what a plan says. Rejects where nothing is answered. */
  read(plan: Tagged): Promise<PlanReading>;
  /** Carries out one step of an action. Rejects with StepFailedError where the gateway does not do it. */
  carryOut(step: Tagged, run: StepRun): Promise<StepResult>;
}

/** A way of talking to gateways; registered in `Transports`. */
export interface DeviceTransport {
  /** By which the steps and plans of drivers name it. */
  readonly name: string;
  link(device: Device): DeviceLink;
}
