import type { AgentHealth } from '@loopstart/contracts';
import type { Clock } from '../core/clock.ts';

/** Maximum number of targets in a health message; those with a problem come first. */
const TARGETS_MAX = 500;
/** Minimum pause between two reports of changes. */
const GAP_MS_MIN = 2_000;

/** Sources of health; read when a message is due. */
export interface HealthSources {
  measure: () => Promise<Omit<AgentHealth, 'targets' | 'at'>>;
  targets: () => AgentHealth['targets'];
  send: (health: AgentHealth) => void;
}

export interface HealthReporterOptions extends HealthSources {
  clock: Clock;
  intervalMs: () => number;
  onError: (error: unknown) => void;
}

/** Reports the agent's health: regularly, and soon after a change. */
export class HealthReporter {
  readonly #options: HealthReporterOptions;
  #cancel: (() => void) | null = null;
  #dueAtMs = 0;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(options: HealthReporterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#arm(0);
  }

  /** A property of health has changed. */
  changed(): void {
    if (this.#stopped || this.#cancel === null) return;
    const { clock } = this.#options;
    const waitMs = Math.max(250, this.#sentAtMs + GAP_MS_MIN - clock.monotonicMs());
    if (clock.monotonicMs() + waitMs < this.#dueAtMs) this.#arm(waitMs);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** The current health, also for the command line. */
  async read(): Promise<AgentHealth> {
    const measured = await this.#options.measure();
    const targets = this.#options.targets();
    const shown = targets.length <= TARGETS_MAX ? targets : troubledFirst(targets).slice(0, TARGETS_MAX);
    return { ...measured, at: this.#options.clock.now(), targets: shown };
  }

  #arm(waitMs: number): void {
    this.#cancel?.();
    const { clock } = this.#options;
    this.#dueAtMs = clock.monotonicMs() + waitMs;
    this.#cancel = clock.schedule(waitMs, () => void this.#send());
  }

  async #send(): Promise<void> {
    const { clock, intervalMs, onError, send } = this.#options;
    this.#sentAtMs = clock.monotonicMs();
    this.#arm(intervalMs());
    try {
      const health = await this.read();
      if (!this.#stopped) send(health);
    } catch (error) {
      onError(error);
    }
  }
}

function troubledFirst(targets: AgentHealth['targets']): AgentHealth['targets'] {
  const rank = (reachable: boolean | null) => (reachable === false ? 0 : reachable === null ? 1 : 2);
  return targets.toSorted((a, b) => rank(a.reachable) - rank(b.reachable));
}
