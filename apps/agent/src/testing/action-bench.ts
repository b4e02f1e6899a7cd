import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionProgress } from '@loopstart/contracts';
import type { CallState } from '@loopstart/domain';
import { SimGateway, SimGatewaySpec, type LivingGateway, type SimGatewayInput } from '@loopstart/sim';
import { SnmpClient } from '@loopstart/snmp';
import { ActionLedger } from '../actions/action-ledger.ts';
import { ActionService } from '../actions/action-service.ts';
import type { ActionRequest } from '../actions/action-subject.ts';
import type { Clock } from '../core/clock.ts';
import { Slots } from '../core/slots.ts';
import { GatewayBook } from '../discovery/gateway-book.ts';
import { MergeBook } from '../discovery/merge-book.ts';
import { Collector } from '../polling/collector.ts';
import { GatewaySession } from '../session/gateway-session.ts';
import { SnmpTransport } from '../transport/snmp/snmp-transport.ts';
import { Transports } from '../transport/transports.ts';
import { quietLog } from './quiet-log.ts';

/** An effect on a line, and the line's real state at that moment. */
export interface Deed {
  what: string;
  position: number;
  call: CallState;
}

/** The agent's own code for actions, against one simulated gateway over SNMP, on a clock of its own. */
export interface ActionBench {
  session: GatewaySession;
  living: LivingGateway;
  /** Every interruption of a line since the start; a reboot is one entry for each line. */
  deeds: readonly Deed[];
  /** SETs and requests of any kind that were sent. */
  sent: { sets: number; requests: number };
  now(): number;
  /** Advances the time; otherwise only the waits of an action do. */
  pass(ms: number): void;
  /** The first moment within four hours in which the port is in this call state; false where there is none. */
  seek(position: number, call: CallState): boolean;
  ask(request: Partial<ActionRequest> & Pick<ActionRequest, 'type' | 'position'>): Promise<ActionProgress>;
  close(): Promise<void>;
}

const START_MS = Date.UTC(2026, 10, 24, 11, 0, 0);
const LIFE_MS = 60_000;
const SEEK_MS = 4 * 3_600_000;
const DISTURBS: ReadonlySet<string> = new Set(['lock', 'force-lock', 'reset', 'line-test']);

export async function actionBench(input: SimGatewayInput): Promise<ActionBench> {
  const folder = await mkdtemp(join(tmpdir(), 'loopstart-actions-'));
  let at = START_MS;
  const now = () => at;
  // Waits on this clock end at once: the time advances immediately.
  const clock: Clock = {
    now,
    monotonicMs: now,
    schedule(delayMs, run) {
      const timer = setImmediate(() => {
        at += Math.max(0, delayMs);
        run();
      });
      return () => clearImmediate(timer);
    },
  };
  // The session reads only when an action requests it.
  const still: Clock = { ...clock, schedule: () => () => undefined };
  const gateway = new SimGateway(SimGatewaySpec.parse(input), {
    seed: 7,
    tempo: { timeZone: 'Europe/London', pace: 30 },
    now,
  });
  await gateway.start();
  const { living } = gateway;
  const deeds = watch(living);
  const sent = { sets: 0, requests: 0 };
  const client = counting(new SnmpClient(), sent);
  const log = quietLog;
  const merged = await MergeBook.open(join(folder, 'merges.json'), log);
  const book = await GatewayBook.open(join(folder, 'gateways.json'), still, log, merged);
  const { endpoint, spec } = gateway;
  if (endpoint === null) throw new Error('the gateway is not started');
  const session = new GatewaySession(
    { id: 'one', address: endpoint.address, port: endpoint.port, access: spec.access, pollIntervalMs: null },
    endpoint.address,
    {
      siteId: randomUUID(),
      transports: new Transports(new SnmpTransport(client)),
      clock: still,
      random: () => 0.5,
      log,
      book,
      collector: new Collector({ append: () => undefined }, still),
      counters: { ok: 0, failed: 0, lagMs: 0 },
      slots: { answering: new Slots(1), doubtful: new Slots(1) },
      limits: () => ({ fullIntervalMs: 300_000, timeoutMs: 1_000, retries: 0 }),
      claim: () => 'granted',
      isReadElsewhere: () => false,
      onChange: () => undefined,
      onUnreachable: () => undefined,
    },
  );
  const ended = new Map<string, (progress: ActionProgress) => void>();
  const actions = new ActionService({
    ledger: await ActionLedger.open(join(folder, 'actions.json'), log),
    fleet: { find: () => session },
    clock,
    log,
    report: (progress) => {
      if (progress.state !== 'running') ended.get(progress.actionId)?.(progress);
    },
  });
  return {
    session,
    living,
    deeds,
    sent,
    now,
    pass(ms) {
      at += ms;
    },
    seek(position, call) {
      const until = at + SEEK_MS;
      while (living.life.ports[position - 1]?.call !== call) {
        const next = Math.max(at + 1, Math.ceil(living.nextAt));
        if (next > until) return false;
        at = next;
      }
      return true;
    },
    async ask(part) {
      const actionId = randomUUID();
      const end = new Promise<ActionProgress>((resolve) => ended.set(actionId, resolve));
      await actions.accept({
        v: 1,
        kind: 'action',
        actionId,
        gatewayId: randomUUID(),
        lineDeviceClass: 'phone',
        lifeSafetyConfirmed: false,
        expiresAt: at + LIFE_MS,
        ...part,
      });
      return end;
    },
    async close() {
      await actions.stop();
      session.stop();
      await book.save();
      await client.close();
      await gateway.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Records the effects on the lines, with their real state just before. */
function watch(living: LivingGateway): Deed[] {
  const deeds: Deed[] = [];
  const { command, setFault } = living;
  const callAt = (position: number) => living.read().ports[position - 1]?.state.call ?? 'idle';
  living.command = (what, position) => {
    if (DISTURBS.has(what)) deeds.push({ what, position, call: callAt(position) });
    command.call(living, what, position);
  };
  living.setFault = (fault, times) => {
    if (fault.kind === 'reboot') {
      living.read().ports.forEach((_, at) => deeds.push({ what: 'reboot', position: at + 1, call: callAt(at + 1) }));
    }
    setFault.call(living, fault, times);
  };
  return deeds;
}

function counting(client: SnmpClient, sent: ActionBench['sent']): SnmpClient {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name === 'set') sent.sets += 1;
        sent.requests += 1;
        return (value as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}
