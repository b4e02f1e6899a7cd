import { setTimeout as delay } from 'node:timers/promises';
import { isDown } from '../fault/condition.ts';
import type { ProvisioningPhase } from '../fault/fault.ts';
import { SimSpecError } from '../fleet/spec-error.ts';
import type { LivingGateway } from '../gateway/living-gateway.ts';
import type { GatewayLife, LineService } from '../line/life.ts';
import { BackgroundWork } from './background-work.ts';
import type { DialResult } from './dialling/dial-result.ts';
import { Disturbances } from './disturbances.ts';
import type { Login } from './faces/digest.ts';
import { Faces, type Endpoints } from './faces/faces.ts';
import { pull } from './faces/pull.ts';
import type { Pulled, PullOptions } from './faces/transfer.ts';
import { ConfigRefused, PowerLost, type Box, type Firmware, type LineSetup, type UnitIdentity } from './firmware.ts';
import type { SipService } from './sip-service.ts';
import type { ProvisioningSpec } from './spec.ts';

/** A file that a gateway asked for. */
export interface ConfigFetch {
  readonly at: number;
  readonly method: string;
  readonly url: string;
  /** Null where no answer came, or the transfer was cut. */
  readonly status: number | null;
}

export interface ProvisioningContext {
  readonly living: LivingGateway;
  readonly sipService: SipService;
  readonly unit: UnitIdentity;
  readonly now: () => number;
  readonly onProblem?: ((sentence: string) => void) | undefined;
}

const IN_CALL: ReadonlySet<string> = new Set(['ringing', 'ring-back', 'talking', 'hold', 'conference']);

/** The configuration of one simulated gateway: its firmware, the faces by which it is reached, and what it did. */
export class Provisioning implements Box {
  readonly unit: UnitIdentity;
  readonly login: Login;
  /** Who was asked for which file, oldest first. */
  readonly configFetches: ConfigFetch[] = [];
  /** Starts since the simulation began. */
  reboots = 0;
  /** Calls, answered or ringing, that a restart or a change of the configuration ended. */
  callsCut = 0;
  /** How often the running configuration was changed while a line in a call was off hook, whether that ended it or not. */
  changesInUse = 0;
  readonly #context: ProvisioningContext;
  readonly #firmware: Firmware;
  readonly #faces: Faces;
  readonly #disturbances: Disturbances;
  readonly #work = new BackgroundWork();
  #power = new AbortController();
  #before: GatewayLife;

  /** Throws SimSpecError where the unit would refuse its initial configuration. */
  constructor(spec: ProvisioningSpec, context: ProvisioningContext, makeFirmware: (box: Box) => Firmware) {
    this.#context = context;
    this.#disturbances = new Disturbances(context.living);
    this.unit = context.unit;
    this.login = { username: spec.username, password: spec.password };
    this.#firmware = makeFirmware(this);
    if (spec.initial !== undefined) preset(this.#firmware, spec.initial);
    this.#firmware.powerUp();
    this.#faces = new Faces(spec, this.#firmware, {
      login: this.login,
      address: this.unit.address,
      down: () => context.living.life && context.living.down,
      link: () => this.#disturbances.link(),
      losePower: () => this.#disturbances.losePower(),
    });
    this.#before = context.living.life;
    context.living.onChange((_, life) => this.#follow(life));
    this.#serve(false);
  }

  /** The running settings under the unit's own key names. */
  get settings(): ReadonlyMap<string, string> {
    return this.#firmware.settings();
  }

  /** The FXS lines as the running configuration sets them up. */
  get lines(): readonly LineSetup[] {
    return this.#firmware.lines();
  }

  get endpoints(): Endpoints {
    return this.#faces.endpoints;
  }

  /** What the FXS line at this 1-based position does with dialled digits. Throws RangeError where there is none. */
  dial(position: number, digits: string): DialResult {
    const line = this.lines[position - 1];
    if (line === undefined) throw new RangeError(`there is no FXS line ${position}`);
    return this.#firmware.dial?.(line, digits) ?? { outcome: 'not-evaluated' };
  }

  /** Opens the faces; the unit then gets its configuration, as after each start. */
  async start(): Promise<void> {
    await this.#faces.listen();
    this.background(async () => this.#firmware.started?.());
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    await this.#work.settled();
  }

  async stop(): Promise<void> {
    this.#power.abort();
    await this.settled();
    await this.#faces.close();
  }

  /** Lets deadlines pass and waiting work begin. */
  tick(): void {
    if (!this.#context.living.down) this.#guard(() => this.#firmware.tick?.());
  }

  now(): number {
    return this.#context.now();
  }

  async pull(url: string, options: PullOptions = {}): Promise<Pulled> {
    const { signal } = this.#power;
    const link = this.#disturbances.link();
    if (link.delayMs > 0) await delay(link.delayMs);
    const cut = () => {
      if (link.losesPower) this.#disturbances.losePower();
    };
    const pulled = await pull(url, options, { localAddress: this.unit.address, signal, link, cut });
    const { status } = pulled;
    this.configFetches.push({ at: this.now(), method: options.method ?? 'GET', url, status });
    if (signal.aborted) throw new PowerLost();
    return pulled;
  }

  reach(phase: ProvisioningPhase): void {
    this.#disturbances.reach(phase);
  }

  refuses(): boolean {
    return this.#disturbances.find('provisioning-refuses') !== undefined;
  }

  keyToSpoil(written: readonly string[]): string | null {
    return this.#disturbances.keyToSpoil(written);
  }

  reboot(): void {
    // The power goes either way: nothing of the work under way may go on.
    this.#guard(() => {
      this.reach('reboot');
      this.#context.living.setFault({ kind: 'reboot', port: null, delayMs: 1, corruption: 'mixed' });
    });
  }

  applied(restarted = false): void {
    if (this.#context.living.life.ports.some(({ call }) => call !== 'ringing' && IN_CALL.has(call)))
      this.changesInUse += 1;
    this.#serve(restarted);
  }

  idle(): boolean {
    return this.#context.living.life.ports.every(({ call }) => call === 'idle');
  }

  background(work: () => Promise<void>): void {
    const { signal } = this.#power;
    this.#work.begin(work, (error) => {
      if (error instanceof PowerLost || signal.aborted) return;
      this.#context.onProblem?.(`The configuration of a simulated ${this.unit.model} failed: ${String(error)}.`);
    });
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof PowerLost)) throw error;
    }
  }

  /** Gives the lines what the running settings give them, and counts the calls that this ends. */
  #serve(restarted: boolean): void {
    const { living, sipService } = this.#context;
    const before = living.life.ports;
    const forgets = this.#disturbances.find('forgets-registration') !== undefined;
    const services = this.#firmware.lines().map((line): LineService => {
      const service = sipService.serviceOf(line);
      return forgets && service !== 'disabled' ? 'no-account' : service;
    });
    living.serve(services, () => restarted);
    const after = living.life.ports;
    this.callsCut += before.filter(({ call }, at) => IN_CALL.has(call) && after[at]?.call === 'idle').length;
  }

  #follow(life: GatewayLife): void {
    const before = this.#before;
    this.#before = life;
    const [down, wasDown] = [isDown(life.active), isDown(before.active)];
    const booted = life.boots !== before.boots;
    if (!wasDown && (down || booted)) {
      this.callsCut += before.ports.filter(({ call }) => IN_CALL.has(call)).length;
      this.#power.abort();
      this.#power = new AbortController();
      this.#faces.drop();
    }
    if (booted) {
      this.reboots += life.boots - before.boots;
      if (down) return;
      this.#firmware.powerUp();
      this.#serve(false);
      this.background(async () => this.#firmware.started?.());
    }
  }
}

function preset(firmware: Firmware, text: string): void {
  try {
    firmware.preset(text);
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error;
    throw new SimSpecError('provisioning.initial', `The initial configuration is refused: ${error.message}.`);
  }
}
