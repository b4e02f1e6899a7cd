import { SimGateway } from '../gateway/sim-gateway.ts';
import { SipService } from '../provisioning/sip-service.ts';
import { RecordingShelf } from './recordings.ts';
import { parseSpec, SimFleetSpec, type SimFleetInput, type SimSiteSpec } from './spec.ts';

export interface SimFleetOptions {
  /** Milliseconds since the epoch; the machine's clock by default. */
  readonly now?: () => number;
  /** Interval in which gateways that send notifications are stepped; 0 leaves it to `tick()`. */
  readonly tickMs?: number;
  /** Called with one sentence about each problem at run time. */
  readonly onProblem?: (sentence: string) => void;
}

/** The gateways of one site. */
export interface SimSite {
  readonly customer: string;
  readonly spec: SimSiteSpec;
  readonly gateways: readonly SimGateway[];
}

const TICK_MS = 250;

/** Simulated sites: all gateways of a description, started and stopped together. */
export class SimFleet {
  readonly sites: readonly SimSite[];
  readonly #byName = new Map<string, SimGateway>();
  readonly #waking: SimGateway[];
  readonly #now: () => number;
  readonly #tickMs: number;
  #timer: NodeJS.Timeout | undefined;

  private constructor(sites: readonly SimSite[], now: () => number, tickMs: number) {
    this.sites = sites;
    this.#now = now;
    this.#tickMs = tickMs;
    for (const gateway of sites.flatMap(({ gateways }) => gateways)) this.#byName.set(gateway.name, gateway);
    this.#waking = [...this.#byName.values()].filter(({ needsWaking }) => needsWaking);
  }

  /** Checks the description and creates its gateways, without opening a socket. Throws SimSpecError. */
  static async create(input: SimFleetInput, options: SimFleetOptions = {}): Promise<SimFleet> {
    const spec = parseSpec(SimFleetSpec, input, 'description of the fleet');
    const now = options.now ?? Date.now;
    const shelf = new RecordingShelf();
    const sipService = new SipService(spec.sipService);
    const sites: SimSite[] = [];
    for (const customer of spec.customers) {
      for (const site of customer.sites) {
        const tempo = { timeZone: site.timeZone, pace: spec.pace };
        const gateways: SimGateway[] = [];
        for (const gateway of site.gateways) {
          const recording = gateway.recording === undefined ? undefined : await shelf.load(gateway.recording);
          const { onProblem } = options;
          gateways.push(new SimGateway(gateway, { seed: spec.seed, tempo, now, recording, sipService, onProblem }));
        }
        sites.push({ customer: customer.name, spec: site, gateways });
      }
    }
    return new SimFleet(sites, now, options.tickMs ?? TICK_MS);
  }

  /** All gateways, in the order of the description. */
  get gateways(): IterableIterator<SimGateway> {
    return this.#byName.values();
  }

  gateway(name: string): SimGateway | undefined {
    return this.#byName.get(name);
  }

  /** Starts every gateway, or none: throws SimSpecError for the first that cannot start, after stopping the others. */
  async start(): Promise<void> {
    try {
      for (const gateway of this.gateways) await gateway.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
    if (this.#tickMs > 0) this.#timer = setInterval(() => this.tick(), this.#tickMs);
  }

  /** Steps the gateways that are due. One comparison for each of the others. */
  tick(): void {
    const now = this.#now();
    for (const gateway of this.#waking) gateway.tick(now);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await Promise.all(Array.from(this.gateways, (gateway) => gateway.stop()));
  }
}
