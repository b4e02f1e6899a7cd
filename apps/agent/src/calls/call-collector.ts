import type { CallStep } from '@loopstart/contracts';
import type { Clock } from '../core/clock.ts';
import type { MessageSink } from '../polling/collector.ts';

/** How long a step waits for others: short, so that a call that must not be is seen while it lasts. */
const LINGER_MS = 250;
/** One step is at most about 3 KB, so that a message stays below its limit. */
const STEPS_MAX = 60;

/** Collects the steps of calls in few messages. */
export class CallCollector {
  readonly #sink: MessageSink;
  readonly #clock: Clock;
  #steps: CallStep[] = [];
  #cancel: (() => void) | null = null;

  constructor(sink: MessageSink, clock: Clock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  take(step: CallStep): void {
    this.#steps.push(step);
    if (this.#steps.length >= STEPS_MAX) this.flush();
    else this.#cancel ??= this.#clock.schedule(LINGER_MS, () => this.flush());
  }

  /** Passes everything collected to the outbox. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    const calls = this.#steps;
    this.#steps = [];
    if (calls.length > 0) this.#sink.append('calls', { calls }, { urgent: true });
  }
}
