import { isDown } from '../fault/condition.ts';
import { REBOOT_SILENCE_MS, sameFault, type Fault, type FaultPlan } from '../fault/fault.ts';
import type { SimGatewaySpec } from '../fleet/spec.ts';
import type { LineCallStep } from '../line/call-steps.ts';
import type { Change } from '../line/changes.ts';
import { command, replan, serve, step, type PortCommand, type Step } from '../line/gateway-life.ts';
import type { GatewayLife, LineService } from '../line/life.ts';
import { readGateway, type GatewayReading } from '../line/reading.ts';
import { warmGateway, type GatewayPlan } from './gateway-plan.ts';

/** How long and how often a fault that is set by command lasts; without both: until it is cleared. */
export interface FaultTimes {
  readonly forMs?: number | null | undefined;
  readonly everyMs?: number | null | undefined;
}

/** Called with the changes of a gateway, its life after them, and the steps of calls in them. */
export type ChangeListener = (changes: readonly Change[], life: GatewayLife, calls: readonly LineCallStep[]) => void;

/** Holds the life of one gateway, steps it when it is read, and reports its changes. No sockets, no timers. */
export class LivingGateway {
  readonly plan: GatewayPlan;
  readonly #now: () => number;
  readonly #listeners: ChangeListener[] = [];
  #life: GatewayLife;

  constructor(plan: GatewayPlan, spec: Pick<SimGatewaySpec, 'faults'>, now: () => number) {
    this.plan = plan;
    this.#now = now;
    this.#life = warmGateway(plan.profile, spec, now());
  }

  /** Called after each change, whatever caused it. */
  onChange(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  /** When it changes next without a command, ms since the epoch. */
  get nextAt(): number {
    return this.#life.nextAt;
  }

  /** The life as it is now. Cheap while nothing is due. */
  get life(): GatewayLife {
    const now = this.#now();
    if (now >= this.#life.nextAt) this.#become(step(this.plan.profile, this.#life, now));
    return this.#life;
  }

  /** Milliseconds since it was switched on. */
  get uptimeMs(): number {
    return Math.max(0, this.#now() - this.life.bootedAt);
  }

  /** Whether it has no power or is starting: it then sends and answers nothing. */
  get down(): boolean {
    return isDown(this.life.active);
  }

  read(): GatewayReading {
    return readGateway(this.plan.profile, this.life, this.#now());
  }

  /** Sets a fault from now on. A fault of the same kind in the same place is replaced. */
  setFault(fault: Fault, times: FaultTimes = {}): void {
    const returns = !this.life.active.some(({ kind }) => kind === 'never-comes-back');
    const plan: FaultPlan = {
      fault,
      startAt: this.#now(),
      forMs: times.forMs ?? (fault.kind === 'reboot' && returns ? REBOOT_SILENCE_MS : null),
      everyMs: times.everyMs ?? null,
    };
    this.#replan([...this.#life.plans.filter((other) => !sameFault(other.fault, fault)), plan]);
  }

  /** Clears every fault that `which` selects, with its timetable; returns their number. */
  clearFaults(which: (fault: Fault) => boolean): number {
    const kept = this.#life.plans.filter(({ fault }) => !which(fault));
    const cleared = this.#life.plans.length - kept.length;
    if (cleared > 0) this.#replan(kept);
    return cleared;
  }

  /** Carries out a command on the port at this 1-based position. Throws RangeError where there is none. */
  command(what: PortCommand, position: number): void {
    this.#become(command(this.plan.profile, this.#life, what, position - 1, this.#now()));
  }

  /** Gives each line what the configuration now gives it; see `serve`. */
  serve(services: readonly LineService[], restarted?: (index: number) => boolean): void {
    this.#become(serve(this.plan.profile, this.#life, services, this.#now(), restarted));
  }

  #replan(plans: readonly FaultPlan[]): void {
    this.#become(replan(this.plan.profile, this.#life, plans, this.#now()));
  }

  #become({ life, changes, calls }: Step): void {
    this.#life = life;
    for (const listener of this.#listeners) listener(changes, life, calls);
  }
}
