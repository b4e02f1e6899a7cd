import type { Target } from '@loopstart/contracts';
import type { SnmpClient } from '@loopstart/snmp';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Slots } from '../core/slots.ts';
import type { HostRange } from '../discovery/address-range.ts';
import { sweep } from '../discovery/sweep.ts';

/** Interval between searches of a range for new gateways. */
const SWEEP_AGAIN_MS = 900_000;

export interface RangeSearchContext {
  client: Pick<SnmpClient, 'get'>;
  clock: Clock;
  log: Logger;
  /** Ranges that are searched at once; each probes a limited number of addresses at once. */
  slots: Slots;
  /** Whether the address has a session already. */
  isKnown: (host: string, port: number) => boolean;
  onFound: (target: Target, host: string) => void;
  onChange: () => void;
}

/** Searches one range of addresses for gateways, repeatedly. */
export class RangeSearch {
  /** Target for the gateways found; may be replaced by another for the same range. */
  target: Target;
  readonly hosts: HostRange;
  readonly #context: RangeSearchContext;
  readonly #abort = new AbortController();
  #answered: number | null = null;
  #cancel: () => void = () => undefined;

  constructor(target: Target, hosts: HostRange, context: RangeSearchContext) {
    this.target = target;
    this.hosts = hosts;
    this.#context = context;
  }

  /** How many addresses answered at the last search; null before the first has ended. */
  get answered(): number | null {
    return this.#answered;
  }

  start(): void {
    void this.#search();
  }

  stop(): void {
    this.#abort.abort();
    this.#cancel();
  }

  async #search(): Promise<void> {
    const { client, clock, log, slots, isKnown, onFound, onChange } = this.#context;
    const { signal } = this.#abort;
    const { target, hosts } = this;
    try {
      let known = 0;
      const unknown = function* () {
        for (const host of hosts)
          if (isKnown(host, target.port)) known += 1;
          else yield host;
      };
      const answered = await slots.run(() => sweep(client, target, unknown(), signal));
      if (signal.aborted) return;
      for (const host of answered) onFound(this.target, host);
      this.#answered = known + answered.length;
      log.info({ range: target.address, answered: this.#answered }, 'searched a range');
      onChange();
    } catch (error) {
      log.error({ error, range: target.address }, 'failed to search a range');
    }
    if (!signal.aborted) this.#cancel = clock.schedule(SWEEP_AGAIN_MS, () => void this.#search());
  }
}
