import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayConfigProgress, RunningConfig } from '@loopstart/contracts';
import { APPLY_ENDS } from '@loopstart/domain';
import { SimGateway, SimGatewaySpec, SipService, type SimGatewayInput } from '@loopstart/sim';
import { SnmpClient } from '@loopstart/snmp';
import { ConfigurationService } from '../configuration/configuration-service.ts';
import { JobStore, type StoredJob } from '../configuration/job-store.ts';
import { KnownKeys } from '../configuration/known-keys.ts';
import type { ConfigRequest } from '../configuration/observe-gateway.ts';
import type { Clock } from '../core/clock.ts';
import { Slots } from '../core/slots.ts';
import { GatewayBook } from '../discovery/gateway-book.ts';
import { MergeBook } from '../discovery/merge-book.ts';
import { Collector } from '../polling/collector.ts';
import { GatewaySession } from '../session/gateway-session.ts';
import { FileServer } from '../transport/http-serve/file-server.ts';
import { SnmpTransport } from '../transport/snmp/snmp-transport.ts';
import { Transports } from '../transport/transports.ts';
import { fastClock } from './fast-clock.ts';
import { quietLog } from './quiet-log.ts';

const START_MS = Date.UTC(2026, 10, 24, 11, 0, 0);
const STEP_MS = 1_000;
/** How much faster than real time the limits of connections pass. */
const LINK_HASTE = 20;

export const UNIT_LOGIN = { username: 'admin', password: 'unit-login-1' };

/** Where the agent of a bench is killed: at this save of a job's state, with that state on disk or not. */
export interface Kill {
  atSave: number;
  onDisk: boolean;
}

export interface ConfigBenchOptions {
  gateway: SimGatewayInput;
  /** The configuration at the start; gets `host:port` of the agent's file server. */
  initial: (files: string) => string;
  /** Accounts at sip.example.net and new.example.net. */
  accounts: readonly { user: string; password: string }[];
}

/** The agent's own code for configuration jobs, against one simulated gateway with its provisioning faces. */
export interface ConfigBench {
  gateway: SimGateway;
  session: GatewaySession;
  files: FileServer;
  progress: GatewayConfigProgress[];
  running: RunningConfig[];
  /** Reads the gateway and returns a job for it, to be completed. */
  request(part: Partial<ConfigRequest> & Pick<ConfigRequest, 'changes'>): Promise<ConfigRequest>;
  /**
   * Runs a job to its end; the agent is killed and started again at these saves. `onSave`: called before each. `again`: the
   * job comes once more, like this, as soon as it waits for a window.
   */
  run(
    request: ConfigRequest,
    options?: { kills?: readonly Kill[]; onSave?: (save: number, phase: string) => void; again?: ConfigRequest },
  ): Promise<GatewayConfigProgress>;
  now(): number;
  setWallClock(aheadMs: number): void;
  /** Lets time pass for the gateway. */
  pass(seconds: number): Promise<void>;
  registrations(): (string | null)[];
  broker: { reachable: boolean };
  close(): Promise<void>;
}

export async function configBench(options: ConfigBenchOptions): Promise<ConfigBench> {
  const folder = await mkdtemp(join(tmpdir(), 'loopstart-config-'));
  let at = START_MS;
  let aheadMs = 0;
  const files = new FileServer(fastClock(LINK_HASTE), quietLog);
  await files.open(0, '127.0.0.1');
  const accounts = options.accounts.map((account) => ({ ...account }));
  const sipService = new SipService({
    registrars: ['sip.example.net', 'new.example.net'].map((host) => ({ host, reachable: true, accounts })),
  });
  const spec = SimGatewaySpec.parse({
    ...options.gateway,
    provisioning: { ...UNIT_LOGIN, initial: options.initial(`127.0.0.1:${files.port}`) },
  });
  const gateway = new SimGateway(spec, {
    seed: 7,
    tempo: { timeZone: 'UTC', pace: 1 },
    now: () => at,
    sipService,
  });
  await gateway.start();
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      at += STEP_MS;
      gateway.tick(at);
      await gateway.provisioning?.settled();
    }
  };
  // Waits of a job let the time of the gateway pass; nothing else does.
  const clock: Clock = {
    now: () => at + aheadMs,
    monotonicMs: () => at,
    schedule(delayMs, run) {
      let cancelled = false;
      setImmediate(() => void pass(Math.ceil(delayMs / STEP_MS)).then(() => !cancelled && run()));
      return () => {
        cancelled = true;
      };
    },
  };
  const still: Clock = { ...clock, schedule: () => () => undefined };
  const client = new SnmpClient();
  const merged = await MergeBook.open(join(folder, 'merges.json'), quietLog);
  const book = await GatewayBook.open(join(folder, 'gateways.json'), still, quietLog, merged);
  const { endpoint } = gateway;
  if (endpoint === null) throw new Error('the gateway is not started');
  const session = new GatewaySession(
    { id: 'one', address: endpoint.address, port: endpoint.port, access: spec.access, pollIntervalMs: null },
    endpoint.address,
    {
      siteId: randomUUID(),
      transports: new Transports(new SnmpTransport(client)),
      clock: still,
      random: () => 0.5,
      log: quietLog,
      book,
      collector: new Collector({ append: () => undefined }, still),
      counters: { ok: 0, failed: 0, lagMs: 0 },
      slots: { answering: new Slots(1), doubtful: new Slots(1) },
      limits: () => ({ fullIntervalMs: 300_000, timeoutMs: 400, retries: 0 }),
      claim: () => 'granted',
      isReadElsewhere: () => false,
      onChange: () => undefined,
      onUnreachable: () => undefined,
    },
  );
  const progress: GatewayConfigProgress[] = [];
  const running: RunningConfig[] = [];
  const broker = { reachable: true };
  const configuration = join(folder, 'configuration');
  let saves = 0;
  let onProgress: (one: GatewayConfigProgress) => void = () => undefined;

  async function startService(
    kill: Kill | undefined,
    onSave: (save: number, phase: string) => void,
    onKill: () => void,
  ) {
    const { store, jobs } = await JobStore.open(configuration, quietLog);
    const service = new ConfigurationService({
      store: dying(store),
      jobs,
      fleet: { find: () => session, sessions: [session] },
      clock,
      linkClock: fastClock(LINK_HASTE),
      log: quietLog,
      keys: await KnownKeys.open(join(configuration, 'known-keys.json'), quietLog),
      files,
      brokerReachable: () => broker.reachable,
      report: (one) => {
        progress.push(one);
        onProgress(one);
      },
      reportRunning: (one) => void running.push(one),
    });
    return service;

    /** A store that ends its agent at one save: whoever waits for it waits for ever. */
    function dying(real: JobStore): JobStore {
      const save = async (job: StoredJob) => {
        saves += 1;
        const dies = kill !== undefined && saves === kill.atSave;
        if (!dies || kill.onDisk) await real.save(job);
        onSave(saves, job.job.phase);
        if (!dies) return;
        onKill();
        await new Promise(() => undefined);
      };
      return new Proxy(real, {
        get: (target, name) =>
          name === 'save' ? save : (Reflect.get(target, name, target) as () => unknown).bind(target),
      });
    }
  }

  return {
    gateway,
    session,
    files,
    progress,
    running,
    broker,
    now: () => at,
    setWallClock(ms) {
      aheadMs = ms;
    },
    pass,
    registrations: () => gateway.living.read().ports.map(({ state }) => state.registration),
    async request(part) {
      const known = await session.exclusively(() => session.readNow({ inventory: true }));
      if (known === null) throw new Error('the gateway is not read');
      const { driver, inventory } = known;
      const { model, firmware, macAddress, serial: serialNumber } = inventory.gateway;
      const { ssh, http, sip } = gateway.provisioning?.endpoints ?? {};
      return {
        jobId: randomUUID(),
        gatewayId: inventory.gatewayId,
        revision: 1,
        purpose: 'apply',
        expects: { driverId: driver.id, model, firmware, macAddress, serialNumber },
        ports: inventory.ports.map(({ position, portKey }) => ({
          position,
          portKey: portKey ?? null,
          lineDeviceClass: 'phone',
          emergencyHold: false,
          mustRegister: false,
        })),
        lifeSafetyConfirmed: false,
        overrideReason: 'The lines are known to be idle.',
        emergency: [],
        notBefore: at,
        expiresAt: at + 6 * 3_600_000,
        confirmWithinMs: 180_000,
        redundancyGroup: null,
        peers: [],
        access: {
          user: UNIT_LOGIN.username,
          password: UNIT_LOGIN.password,
          sip: { user: UNIT_LOGIN.username, password: UNIT_LOGIN.password },
          ports: {
            ...(typeof ssh === 'number' && { ssh }),
            ...(typeof http === 'number' && { http }),
            ...(typeof sip === 'number' && { sip }),
          },
        },
        sipServer: null,
        ...part,
      };
    },
    async run(request, { kills = [], onSave = () => undefined, again } = {}) {
      saves = 0;
      const left = [...kills];
      let more = again;
      for (;;) {
        let died: () => void = () => undefined;
        const death = new Promise<'killed'>((resolve) => {
          died = () => resolve('killed');
        });
        const service = await startService(left.shift(), onSave, died);
        const end = new Promise<GatewayConfigProgress>((resolve) => {
          onProgress = (one) => {
            if (one.reasonCode === 'window' && more !== undefined) void service.accept(more);
            if (one.reasonCode === 'window') more = undefined;
            if (APPLY_ENDS.has(one.state)) resolve(one);
          };
        });
        service.start();
        void service.accept(request);
        const result = await Promise.race([death, end]);
        if (result !== 'killed') {
          await service.stop();
          return result;
        }
      }
    },
    async close() {
      session.stop();
      await book.save();
      await client.close();
      await gateway.stop();
      await files.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
