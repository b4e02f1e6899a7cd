import type { SimState } from '@loopstart/drivers';
import { SnmpError, SnmpResponder, type Interception, type MibView, type SortedMib } from '@loopstart/snmp';
import { SimSpecError, type SimGatewaySpec } from '../fleet/spec.ts';
import type { Change } from '../line/changes.ts';
import type { GatewayLife } from '../line/life.ts';
import type { Tempo } from '../line/schedule.ts';
import { credentialsOf, engineIdOf, notifyCredentialsOf } from '../snmp/access.ts';
import { canonicalState, staticState, type StaticState } from '../snmp/canonical-state.ts';
import { interferenceOf } from '../snmp/interference.ts';
import { overrideValues } from '../snmp/recorded-mib.ts';
import { CallReporter } from '../calls/call-reporter.ts';
import { callLinesOf } from '../calls/makers.ts';
import { liveView, recordedView } from './gateway-view.ts';
import { firmwareOf } from '../provisioning/firmwares.ts';
import { Provisioning } from '../provisioning/provisioning.ts';
import { SipService } from '../provisioning/sip-service.ts';
import type { ProvisioningSpec } from '../provisioning/spec.ts';
import { unitIdentity } from '../provisioning/unit-identity.ts';
import { planGateway } from './gateway-plan.ts';
import { LivingGateway } from './living-gateway.ts';
import { Notifier } from './notifier.ts';

/** The environment of a simulated gateway. */
export interface SimGatewayContext {
  /** The fleet's seed; with the gateway's name it gives the gateway's own. */
  readonly seed: number;
  readonly tempo: Tempo;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The content of `spec.recording`; may be shared with other gateways. */
  readonly recording?: SortedMib | undefined;
  /** Where its lines register, by their configuration; absent: nobody answers there. */
  readonly sipService?: SipService | undefined;
  /** Called with one sentence about each problem at run time. */
  readonly onProblem?: ((sentence: string) => void) | undefined;
}

/** Faults with which no notification arrives: it is not sent, or lost on its way. */
const SILENT: ReadonlySet<string> = new Set(['hang', 'notifications-lost']);

/** Starts are counted from here in seconds, so that the count also grows when the simulator starts again. */
const BOOTS_EPOCH_MS = Date.UTC(2020, 0, 1);

/** One simulated gateway: its lines live, it answers SNMP, notifies of changes, and obeys faults and SETs. */
export class SimGateway {
  readonly spec: SimGatewaySpec;
  readonly living: LivingGateway;
  readonly #context: SimGatewayContext;
  readonly #known: StaticState;
  readonly #view: MibView;
  readonly #notifier: Notifier | null;
  /** Its configuration and how it takes one; null where the description gives none. */
  readonly provisioning: Provisioning | null;
  readonly #callReporter: CallReporter | null;
  readonly #engineId: Uint8Array;
  readonly #bootsBefore: number;
  #responder: SnmpResponder | null = null;
  #engineStartedAt = 0;
  #restarting: Promise<void> = Promise.resolve();
  #port: number | null = null;
  #requests = 0;

  /** Throws SimSpecError where the description does not fit its driver. */
  constructor(spec: SimGatewaySpec, context: SimGatewayContext) {
    const { now } = context;
    this.spec = spec;
    this.#context = context;
    const plan = planGateway(spec, context.tempo, context.seed);
    this.living = new LivingGateway(plan, spec, now);
    this.#known = staticState(plan.driver, {
      ...spec,
      model: plan.model.name,
      timeZone: context.tempo.timeZone,
    });
    this.#engineId = engineIdOf(spec.name);
    this.#bootsBefore = Math.floor((now() - BOOTS_EPOCH_MS) / 1000);
    this.#view =
      context.recording === undefined
        ? liveView(this.living, this.#known, now)
        : recordedView(this.living, context.recording, overrideValues(spec.overrides));
    const { notify } = spec;
    this.#notifier = notify
      ? new Notifier(notify, notifyCredentialsOf(notify.access ?? spec.access), spec.address)
      : null;
    const callLines = spec.syslog === undefined ? null : callLinesOf(plan.driver.id);
    this.#callReporter =
      spec.syslog === undefined || callLines === null
        ? null
        : new CallReporter(callLines, spec.syslog, {
            name: spec.name,
            address: spec.address,
            seed: plan.profile.seed,
            macAddress: this.#known.gateway?.macAddress ?? null,
            ports: spec.ports,
          });
    this.provisioning = spec.provisioning === undefined ? null : this.#provisioned(spec.provisioning);
    this.#engineStartedAt = performance.now();
    let boots = this.living.life.boots;
    this.living.onChange((changes, life, calls) => {
      if (life.boots !== boots) {
        this.#restartEngine();
        this.#callReporter?.restart();
      }
      boots = life.boots;
      this.#notify(changes, life);
      for (const step of calls) this.#callReporter?.report(step);
    });
  }

  get name(): string {
    return this.spec.name;
  }

  /** Its address and port; null while it is not started. */
  get endpoint(): { address: string; port: number } | null {
    return this.#port === null ? null : { address: this.spec.address, port: this.#port };
  }

  /** Whether it must be stepped when a change is due; other gateways wait until they are read. */
  get needsWaking(): boolean {
    return (
      this.provisioning !== null ||
      this.#notifier !== null ||
      this.#callReporter !== null ||
      this.spec.access.version === 'v3'
    );
  }

  /** Numbers of notifications sent, and of those that failed. */
  get notifications(): Readonly<{ sent: number; failed: number }> {
    return this.#notifier?.counters ?? { sent: 0, failed: 0 };
  }

  /** Number of syslog lines sent about calls. */
  get callLines(): number {
    return this.#callReporter?.sent ?? 0;
  }

  /** Its whole real state now, in the shape its driver encodes. */
  state(): SimState {
    return canonicalState(this.#known, this.living.plan.profile, this.living.life, this.#context.now());
  }

  /** Starts answering. Throws SimSpecError, one sentence, where its address or port is not available. */
  async start(): Promise<void> {
    const { address, port } = this.spec;
    try {
      this.#port = await this.#listen(port);
      await this.provisioning?.start();
    } catch (error) {
      if (!(error instanceof SnmpError)) throw error;
      const where = port === 0 ? address : `${address}:${port}`;
      throw new SimSpecError('port', `Gateway "${this.name}" cannot answer on UDP ${where}: ${reasonOf(error)}.`);
    }
  }

  /** Steps it to `now` where something is due. */
  tick(now: number): void {
    if (now >= this.living.nextAt) void this.living.life;
    this.provisioning?.tick();
  }

  /** Waits until a restart in progress has ended and the gateway answers again. */
  async settled(): Promise<void> {
    await this.#restarting;
  }

  /** Stops answering, and waits for notifications in progress. */
  async stop(): Promise<void> {
    this.#port = null;
    await this.#restarting;
    await this.#responder?.close();
    this.#responder = null;
    await this.#notifier?.close();
    await this.#callReporter?.close();
    await this.provisioning?.stop();
  }

  #provisioned(provisioning: ProvisioningSpec): Provisioning {
    const { spec, living } = this;
    const { now, sipService, onProblem } = this.#context;
    const { driver } = living.plan;
    const unit = unitIdentity(spec, living.plan, this.#known);
    return new Provisioning(
      provisioning,
      { living, sipService: sipService ?? new SipService(undefined), unit, now, onProblem },
      (box) => firmwareOf(driver.id, box),
    );
  }

  async #listen(port: number): Promise<number> {
    const interfere = (): Interception => interferenceOf(this.living.life.active, this.#requests++);
    const { living } = this;
    const responder = new SnmpResponder({
      view: this.#view,
      credentials: credentialsOf(this.spec.access, this.spec.readOnlyUser),
      engineId: this.#engineId,
      engineBoots: this.#boots(living.life),
      // Without faults there is nothing to intercept, and the responder may answer from its cache.
      get intercept() {
        return living.life.active.length === 0 ? undefined : interfere;
      },
    });
    const bound = await responder.listen(port, this.spec.address);
    this.#responder = responder;
    return bound.port;
  }

  #boots(life: GatewayLife): number {
    return this.#bootsBefore + life.boots;
  }

  /** After a restart an SNMPv3 engine counts one start more and its time from zero (RFC 3414 section 2.2). */
  #restartEngine(): void {
    this.#engineStartedAt = performance.now();
    if (this.spec.access.version !== 'v3') return;
    this.#restarting = this.#restarting.then(async () => {
      const port = this.#port;
      if (port === null) return;
      await this.#responder?.close();
      try {
        await this.#listen(port);
      } catch (error) {
        const why = error instanceof SnmpError ? reasonOf(error) : String(error);
        this.#context.onProblem?.(`Gateway "${this.name}" stopped answering after its restart: ${why}.`);
      }
    });
  }

  #notify(changes: readonly Change[], life: GatewayLife): void {
    if (this.#notifier === null || life.active.some(({ kind }) => SILENT.has(kind))) return;
    const engine = {
      engineId: this.#engineId,
      boots: this.#boots(life),
      timeSeconds: Math.floor((performance.now() - this.#engineStartedAt) / 1000),
    };
    for (const change of changes) {
      this.#notifier.notify(this.living.plan.driver, this.#known.ports, change, change.at - life.bootedAt, engine);
    }
  }
}

function reasonOf(error: SnmpError): string {
  if (error.message.includes('EADDRINUSE')) return 'the port is in use';
  if (error.message.includes('EADDRNOTAVAIL')) return 'this machine does not have the address';
  if (error.message.includes('EACCES')) return 'ports below 1024 need a permission that this user does not have';
  return error.message;
}
