import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayConfigProgress, RunningConfig } from '@loopstart/contracts';
import { APPLY_ENDS } from '@loopstart/domain';
import { SipService, type SimGateway, type SimGatewayInput } from '@loopstart/sim';
import { ConfigurationService } from '../configuration/configuration-service.ts';
import { JobStore } from '../configuration/job-store.ts';
import { KnownKeys } from '../configuration/known-keys.ts';
import type { ConfigRequest } from '../configuration/observe-gateway.ts';
import type { GatewaySession } from '../session/gateway-session.ts';
import { FileServer } from '../transport/http-serve/file-server.ts';
import { benchGateway, type BenchGateway } from './config-bench/bench-gateway.ts';
import { benchRequest, UNIT_LOGIN, type RequestPart } from './config-bench/bench-request.ts';
import { dyingStore, type Kill } from './config-bench/dying-store.ts';
import { sipAnswerer, type SipAnswerer } from './config-bench/sip-answerer.ts';
import { SiteTime } from './config-bench/site-time.ts';
import { fastClock } from './fast-clock.ts';
import { quietLog } from './quiet-log.ts';

export type { Kill } from './config-bench/dying-store.ts';

const START_MS = Date.UTC(2026, 10, 24, 11, 0, 0);
/** How much faster than real time the limits of connections pass. */
const LINK_HASTE = 20;
/** The other gateway of the site is read as often as the agent polls it. */
const WITNESS_EVERY_MS = 30_000;

export interface ConfigBenchOptions {
  gateway: SimGatewayInput;
  /** The configuration at the start; gets `host:port` of the agent's file server. */
  initial: (files: string) => string;
  /** Accounts at sip.example.net and new.example.net. */
  accounts: readonly { user: string; password: string }[];
  /** Another gateway of the site, which nobody changes, and a SIP server that is asked: they tell an outage. */
  witness?: SimGatewayInput;
  /** How much more than usual is telephoned. */
  pace?: number;
}

/** The agent's own code for configuration jobs, against one simulated gateway with its provisioning faces. */
export interface ConfigBench {
  gateway: SimGateway;
  session: GatewaySession;
  witness: SimGateway | null;
  sipServer: SipAnswerer;
  files: FileServer;
  progress: GatewayConfigProgress[];
  running: RunningConfig[];
  /** Reads the gateway and returns a job for it, to be completed. */
  request(part: RequestPart): Promise<ConfigRequest>;
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
  const time = new SiteTime(START_MS);
  const files = new FileServer(fastClock(LINK_HASTE), quietLog);
  await files.open(0, '127.0.0.1');
  const sipServer = await sipAnswerer(() => time.nowMs);
  const accounts = options.accounts.map((account) => ({ ...account }));
  const sipService = new SipService({
    registrars: ['sip.example.net', 'new.example.net'].map((host) => ({ host, reachable: true, accounts })),
  });
  const site = { siteId: randomUUID(), folder, time, sipService, pace: options.pace ?? 1 };
  const provisioning = { ...UNIT_LOGIN, initial: options.initial(`127.0.0.1:${files.port}`) };
  const own = await benchGateway({ ...options.gateway, provisioning }, site);
  const witness = options.witness === undefined ? null : await benchGateway(options.witness, site);
  if (witness !== null) time.living.push(regularly(witness));
  const { gateway, session } = own;
  const progress: GatewayConfigProgress[] = [];
  const running: RunningConfig[] = [];
  const broker = { reachable: true };
  const configuration = join(folder, 'configuration');
  const count = { saves: 0 };
  const sessions = [own, ...(witness === null ? [] : [witness])].map((one) => one.session);
  let onProgress: (one: GatewayConfigProgress) => void = () => undefined;

  async function startService(kill: Kill | undefined, on: Parameters<typeof dyingStore>[3]) {
    const { store, jobs } = await JobStore.open(configuration, quietLog);
    return new ConfigurationService({
      store: dyingStore(store, kill, count, on),
      jobs,
      fleet: {
        find: (id) => (sessions.length === 1 ? session : (sessions.find((s) => s.gatewayId === id) ?? null)),
        sessions,
      },
      clock: time.clock,
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
  }

  return {
    gateway,
    session,
    witness: witness?.gateway ?? null,
    sipServer,
    files,
    progress,
    running,
    broker,
    now: () => time.nowMs,
    setWallClock(ms) {
      time.aheadMs = ms;
    },
    pass: (seconds) => time.pass(seconds),
    registrations: () => gateway.living.read().ports.map(({ state }) => state.registration),
    request: (part) => benchRequest(own, time.nowMs, part),
    async run(request, { kills = [], onSave = () => undefined, again } = {}) {
      count.saves = 0;
      const left = [...kills];
      let more = again;
      for (;;) {
        let onKill: () => void = () => undefined;
        const death = new Promise<'killed'>((resolve) => {
          onKill = () => resolve('killed');
        });
        const service = await startService(left.shift(), { onSave, onKill });
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
      await own.close();
      await witness?.close();
      await sipServer.close();
      await files.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads a gateway as the agent polls it. */
function regularly({ session }: BenchGateway) {
  let readAtMs = Number.NEGATIVE_INFINITY;
  return {
    async tick(nowMs: number) {
      if (nowMs - readAtMs < WITNESS_EVERY_MS) return;
      readAtMs = nowMs;
      await session.exclusively(() => session.readNow()).catch(() => undefined);
    },
  };
}
