import { hostname, platform, release } from 'node:os';
import type { AgentHealth, Gap } from '@loopstart/contracts';
import { SnmpClient } from '@loopstart/snmp';
import type { Logger } from 'pino';
import { ActionLedger } from './actions/action-ledger.ts';
import { ActionService } from './actions/action-service.ts';
import { CallCollector } from './calls/call-collector.ts';
import { CallListener } from './calls/call-listener.ts';
import { describeGateway, describePorts, findSession } from './control/describe.ts';
import { systemClock, type Clock } from './core/clock.ts';
import { Door } from './core/door.ts';
import { Slots } from './core/slots.ts';
import type { StateFolder } from './core/state-folder.ts';
import { AGENT_VERSION } from './core/version.ts';
import { Fleet } from './fleet/fleet.ts';
import { GatewayBook } from './discovery/gateway-book.ts';
import { MergeBook } from './discovery/merge-book.ts';
import { certificateLife, certificateSha256 } from './enrol/certificate-key.ts';
import { ComeBack } from './enrol/come-back.ts';
import type { Identity } from './enrol/identity.ts';
import { postJson } from './enrol/pinned-request.ts';
import { Renewal } from './enrol/renewal.ts';
import { CpuMeter } from './health/cpu-meter.ts';
import { HealthReporter } from './health/health-reporter.ts';
import { Outbox } from './outbox/outbox.ts';
import { diskStorage } from './outbox/storage.ts';
import { Collector } from './polling/collector.ts';
import { actionReconcile } from './reconcile/action.ts';
import { AgentSettingsReconcile } from './reconcile/agent-settings.ts';
import { certificateReconcile } from './reconcile/certificate.ts';
import { gatewayConfigReconcile } from './reconcile/gateway-config.ts';
import { mergesReconcile } from './reconcile/merges.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import { effectiveSettings, readAgentSettings, type EffectiveSettings, type MachineSettings } from './settings.ts';
import type { PollCounters } from './session/session-context.ts';
import { SnmpTransport } from './transport/snmp/snmp-transport.ts';
import { Transports } from './transport/transports.ts';
import { SnmpFace } from './snmp-face/snmp-face.ts';
import { TrapListener } from './traps/trap-listener.ts';
import type { Transport } from './uplink/transport.ts';
import { decideResend, type ResendMemory } from './uplink/resend.ts';
import { CloudTime } from './uplink/cloud-time.ts';
import { Uplink } from './uplink/uplink.ts';

/** Gateways that are read at once; those that may not answer have slots of their own. */
const ANSWERING_AT_ONCE = 64;
const DOUBTFUL_AT_ONCE = 64;
/** How full the outbox may be, as a share of its capacity, when lost inventories are resent. */
const CALM_SHARE = 0.8;
/** How long a stop waits for unsent messages. */
const STOP_LINGER_MS = 2_000;

export interface AgentOptions {
  folder: StateFolder;
  settings: MachineSettings;
  identity: Identity;
  log: Logger;
  /** Creates the transport for the current identity, which a renewal changes. */
  transport: (identity: () => Identity) => Transport;
  clock?: Clock;
  random?: () => number;
}

/** Assembles the agent. The parts know each other only by what is passed to them here. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #outbox: Outbox;
  readonly #book: GatewayBook;
  readonly #client = new SnmpClient();
  readonly #collector: Collector;
  readonly #fleet: Fleet;
  readonly #trapListener: TrapListener;
  readonly #trapDoor: Door;
  readonly #callCollector: CallCollector;
  readonly #callListener: CallListener;
  readonly #callDoor: Door;
  readonly #actions: ActionService;
  readonly #renewal: Renewal;
  readonly #comeBack: ComeBack;
  readonly #uplink: Uplink;
  readonly #health: HealthReporter;
  readonly #cpu: CpuMeter;
  readonly #cloudTime: CloudTime;
  readonly #snmpFace: SnmpFace | null;
  readonly #snmpDoor: Door | null;
  readonly #counters: PollCounters = { ok: 0, failed: 0, lagMs: 0 };
  readonly #startedAt: number;
  #identity: Identity;
  readonly #settings: AgentSettingsReconcile;
  readonly #reconciler: Reconciler;
  #inventoriesLost = false;
  #resent: ResendMemory = new Map();

  private constructor(
    options: AgentOptions,
    parts: { outbox: Outbox; book: GatewayBook; ledger: ActionLedger; settings: EffectiveSettings },
  ) {
    const { folder, log } = options;
    const clock = (this.#clock = options.clock ?? systemClock);
    const random = options.random ?? Math.random;
    this.#options = options;
    this.#log = log;
    this.#identity = options.identity;
    this.#settings = new AgentSettingsReconcile({
      folder,
      machine: options.settings,
      initial: parts.settings,
      log,
      apply: (settings) => this.#applySettings(settings),
    });
    this.#startedAt = clock.now();
    this.#cpu = new CpuMeter(clock.monotonicMs());
    const outbox = (this.#outbox = parts.outbox);
    this.#book = parts.book;
    this.#collector = new Collector(outbox, clock);
    const collector = this.#collector;
    // Readings and actions have the cloud's time; health and presence have this machine's own.
    const cloudTime = (this.#cloudTime = new CloudTime(clock));
    const rightClock = cloudTime.clock;
    this.#fleet = new Fleet({
      siteId: this.#identity.siteId,
      transports: new Transports(new SnmpTransport(this.#client)),
      clock: rightClock,
      random,
      log,
      book: parts.book,
      collector,
      counters: this.#counters,
      slots: { answering: new Slots(ANSWERING_AT_ONCE), doubtful: new Slots(DOUBTFUL_AT_ONCE) },
      limits: () => ({
        fullIntervalMs: this.#settings.inForce.fullSnapshotIntervalMs,
        timeoutMs: this.#settings.inForce.snmpTimeoutMs,
        retries: this.#settings.inForce.snmpRetries,
      }),
      onChange: () => this.#health.changed(),
    });
    const fleet = this.#fleet;
    const engine = { engineId: engineIdOf(this.#identity.agentId), engineBoots: outbox.starts };
    const { snmp } = options.settings;
    this.#snmpFace =
      snmp === undefined
        ? null
        : new SnmpFace({
            settings: snmp,
            engine,
            clock: rightClock,
            log,
            sessions: () => fleet.sessions,
            agent: () => ({
              agentId: this.#identity.agentId,
              siteId: this.#identity.siteId,
              hostname: this.#hostname,
              version: AGENT_VERSION,
              startedAt: this.#startedAt,
            }),
          });
    this.#snmpDoor = this.#snmpFace && new Door(this.#snmpFace, 'SNMP requests', clock, log);
    const relays = options.settings.overrides.trapRelays ?? [];
    this.#trapListener = new TrapListener({
      fleet,
      collector,
      clock: rightClock,
      log,
      flush: () => outbox.flush(),
      relays,
      ...engine,
    });
    this.#trapDoor = new Door(this.#trapListener, 'notifications', clock, log);
    this.#callCollector = new CallCollector(outbox, clock);
    this.#callListener = new CallListener({
      fleet,
      clock: rightClock,
      log,
      take: (step) => this.#callCollector.take(step),
      relays: options.settings.overrides.syslogRelays ?? [],
    });
    this.#callDoor = new Door(this.#callListener, 'call records', clock, log);
    this.#actions = new ActionService({
      ledger: parts.ledger,
      fleet,
      clock: rightClock,
      log,
      report: (progress) => outbox.append('action', progress, { urgent: true }),
    });
    this.#uplink = new Uplink({
      outbox,
      transport: options.transport(() => this.#identity),
      clock,
      random,
      log,
      onRequest: (request) => this.#reconciler.accept(request),
      onConnected: () => {
        this.#comeBack.connected();
        this.#renewal.start();
      },
      onFailed: (cause) => void this.#comeBack.failed(cause === 'refused'),
      onLacking: (gatewayIds) => this.#onLacking(gatewayIds),
      onCloudTime: (cloudMs) => cloudTime.synchronise(cloudMs),
    });
    this.#comeBack = new ComeBack({
      path: folder.identity,
      identity: () => this.#identity,
      clock: rightClock,
      random,
      log,
      hostname: options.settings.hostname ?? hostname().slice(0, 255),
      version: AGENT_VERSION,
      post: (url, body) => postJson(url, body, certificateSha256(this.#identity.caPem)),
      onReturned: (identity) => {
        this.#renewal.replace(identity);
        this.#onRenewed(identity);
      },
    });
    this.#renewal = new Renewal({
      folder,
      identity: this.#identity,
      clock: rightClock,
      log,
      isConnected: () => this.#uplink.status.connected,
      staleBeforeMs: () => this.#settings.inForce.certificateStaleBeforeMs,
      ask: (csrPem) => outbox.append('renew', { csrPem }, { urgent: true }),
      onRenewed: (identity) => this.#onRenewed(identity),
    });
    this.#reconciler = new Reconciler([
      this.#settings,
      mergesReconcile({
        book: parts.book.merged,
        log,
        apply: () => fleet.merge(),
        report: (done) => {
          collector.flush();
          outbox.append('merged', done, { urgent: true });
        },
      }),
      actionReconcile(this.#actions),
      gatewayConfigReconcile({
        clock: rightClock,
        report: (progress) => outbox.append('gateway-config', progress, { urgent: true }),
      }),
      certificateReconcile(this.#renewal),
    ]);
    this.#health = new HealthReporter({
      clock,
      intervalMs: () => this.#settings.inForce.healthIntervalMs,
      measure: () => this.#measure(),
      targets: () => fleet.statuses(),
      send: (health) => {
        outbox.append('health', health);
        this.#resendLostInventories();
      },
      onError: (error) => log.error({ error }, 'failed to report the health of the agent'),
    });
  }

  /** Opens the files on disk and starts to work. Rejects when the state folder cannot be used. */
  static async start(options: AgentOptions): Promise<Agent> {
    const { folder, log, settings } = options;
    const clock = options.clock ?? systemClock;
    const inForce = effectiveSettings(await readAgentSettings(folder), settings);
    const book = await GatewayBook.open(folder.gateways, clock, log, await MergeBook.open(folder.merges, log));
    const ledger = await ActionLedger.open(folder.actions, log);
    let agent: Agent | null = null;
    const outbox = await Outbox.open({
      storage: diskStorage(folder.outbox),
      clock,
      agentId: options.identity.agentId,
      bytesMax: inForce.outboxBytesMax,
      onLost: (gap) => {
        log.warn({ gap }, 'messages were lost');
        agent?.onLost(gap);
      },
      onError: (error) => log.error({ error }, 'failed to write to the outbox'),
    });
    agent = new Agent(options, { outbox, book, ledger, settings: inForce });
    await agent.#begin();
    return agent;
  }

  /** After a gap the cloud needs every gateway in full. */
  onLost(gap: Gap): void {
    this.#fleet.forceFull();
    if ('inventory' in gap.lost || 'unknown' in gap.lost) this.#inventoriesLost = true;
  }

  /** Answers the command line. */
  async answer(command: string, argument: string | null): Promise<unknown> {
    switch (command) {
      case 'status':
        return this.#status();
      case 'gateways':
        return { gateways: this.#fleet.sessions.map(describeGateway) };
      case 'ports': {
        const found = argument === null ? this.#fleet.sessions : findSession(this.#fleet.sessions, argument);
        if (found.length === 0) return { error: argument === null ? 'no gateways' : `no gateway "${argument}"` };
        return { gateways: found.map((session) => ({ ...describeGateway(session), ports: describePorts(session) })) };
      }
      case 'snmp':
        return this.#snmpFace?.status ?? { error: 'SNMP is not switched on: agent.json has no "snmp"' };
      default:
        return { error: `unknown command "${command}"` };
    }
  }

  /** Sends unsent messages, sets the presence to offline, and closes everything. */
  async stop(): Promise<void> {
    this.#log.info('stopping');
    this.#health.stop();
    this.#renewal.stop();
    this.#fleet.stop();
    await this.#trapDoor.close();
    await this.#callDoor.close();
    this.#callCollector.flush();
    await this.#snmpDoor?.close();
    await this.#actions.stop();
    this.#collector.flush();
    await this.#uplink.stop(STOP_LINGER_MS);
    await this.#book.save();
    await this.#outbox.close();
    await this.#client.close();
    this.#log.info('stopped');
  }

  async #begin(): Promise<void> {
    const { agentId, siteId } = this.#identity;
    this.#log.info({ version: AGENT_VERSION, agentId, siteId, epoch: this.#outbox.epoch }, 'starting');
    await this.#reconciler.resume();
    this.#listenAndPoll(this.#settings.inForce);
    const { snmp } = this.#options.settings;
    if (snmp !== undefined) this.#snmpDoor?.open(snmp.port, snmp.address);
    this.#uplink.start();
    this.#renewal.start();
    this.#health.start();
  }

  #applySettings(settings: EffectiveSettings): void {
    // An operator changed something, perhaps which agent a gateway belongs to: refused messages are resent soon.
    this.#resent = new Map();
    this.#outbox.setBytesMax(settings.outboxBytesMax);
    this.#listenAndPoll(settings);
    this.#renewal.start();
    this.#health.changed();
  }

  #listenAndPoll({ trapPort, trapAddress, syslogPort, syslogAddress, targets }: EffectiveSettings): void {
    this.#trapDoor.open(trapPort, trapAddress);
    this.#callDoor.open(syslogPort, syslogAddress);
    this.#fleet.setTargets(targets);
  }

  #onLacking(gatewayIds: readonly string[]): void {
    const { memory, resend } = decideResend(this.#resent, gatewayIds, this.#clock.monotonicMs());
    this.#resent = memory;
    if (resend.length > 0)
      this.#log.warn({ gatewayIds: resend }, 'the cloud lacks gateways: resending their inventories');
    this.#fleet.resend(resend);
  }

  #onRenewed(identity: Identity): void {
    this.#identity = identity;
    this.#health.changed();
    this.#uplink.renewConnection().catch((error: unknown) => this.#log.error({ error }, 'failed to reconnect'));
  }

  /** Not while the outbox is nearly full: then they would only be lost again. */
  #resendLostInventories(): void {
    if (!this.#inventoriesLost || this.#outbox.stats().bytes > CALM_SHARE * this.#settings.inForce.outboxBytesMax)
      return;
    this.#inventoriesLost = false;
    this.#fleet.resendInventories();
  }

  get #hostname(): string {
    return this.#options.settings.hostname ?? hostname().slice(0, 255);
  }

  async #measure(): Promise<Omit<AgentHealth, 'targets' | 'at'>> {
    const stats = this.#outbox.stats();
    const pollLagMs = this.#counters.lagMs;
    this.#counters.lagMs = 0;
    return {
      version: AGENT_VERSION,
      hostname: this.#hostname,
      platform: `${platform()} ${release()} ${process.arch}, Node ${process.version}`.slice(0, 100),
      startedAt: this.#startedAt,
      rssBytes: process.memoryUsage.rss(),
      cpuPercent: this.#cpu.read(this.#clock.monotonicMs()),
      outboxMessages: stats.messages,
      outboxBytes: stats.bytes,
      outboxOldestAt: stats.oldestAt,
      diskFreeBytes: await this.#outbox.freeBytes(),
      configRevision: this.#settings.inForce.revision,
      certificateExpiresAt: certificateLife(this.#identity.certificatePem).untilMs,
      pollsOk: this.#counters.ok,
      pollsFailed: this.#counters.failed,
      pollLagMs,
      clockAheadMs: this.#cloudTime.wallAheadMs,
      notificationsRefused: { ...this.#trapListener.refused, ...this.#trapDoor.troubles },
      callRecords: this.#callListener.health(this.#callDoor.troubles),
    };
  }

  async #status(): Promise<unknown> {
    const { agentId, siteId, apiUrl, mqttUrl } = this.#identity;
    return {
      ids: {
        agentId,
        siteId,
        apiUrl,
        // The machine's own settings take precedence.
        mqttUrl: this.#options.settings.mqttUrl ?? mqttUrl,
        mqttUrlFrom: this.#options.settings.mqttUrl === undefined ? 'enrolment' : 'agent.json',
        epoch: this.#outbox.epoch,
      },
      uplink: this.#uplink.status,
      comingBack: this.#comeBack.state,
      notifications: { port: this.#trapListener.port, accepted: this.#trapListener.accepted },
      unknownSyslogSenders: this.#callListener.unknownSenders,
      outboxOnFullDisk: this.#outbox.stats().diskFull,
      health: await this.#health.read(),
    };
  }
}

/**
 * The permanent SNMP engine id of an agent: RFC 3411 section 5 with format 5 (octets), enterprise 0, and the octets of
 * the agent's id.
 */
function engineIdOf(agentId: string): Uint8Array {
  return Uint8Array.from([0x80, 0, 0, 0, 5, ...Buffer.from(agentId.replaceAll('-', ''), 'hex')]);
}
