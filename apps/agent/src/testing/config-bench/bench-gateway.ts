import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SimGateway, SimGatewaySpec, type SimGatewayInput, type SipService } from '@loopstart/sim';
import { SnmpClient } from '@loopstart/snmp';
import { Slots } from '../../core/slots.ts';
import { GatewayBook } from '../../discovery/gateway-book.ts';
import { MergeBook } from '../../discovery/merge-book.ts';
import { Collector } from '../../polling/collector.ts';
import { GatewaySession } from '../../session/gateway-session.ts';
import { SnmpTransport } from '../../transport/snmp/snmp-transport.ts';
import { Transports } from '../../transport/transports.ts';
import { quietLog } from '../quiet-log.ts';
import type { SiteTime } from './site-time.ts';

/** Answers come over the loopback at once or not at all. */
const ANSWER_MS = 250;

export interface BenchGateway {
  gateway: SimGateway;
  session: GatewaySession;
  close(): Promise<void>;
}

/** A simulated gateway with the agent's own session for it, which reads it when it is told to. */
export async function benchGateway(
  input: SimGatewayInput,
  site: { siteId: string; folder: string; time: SiteTime; sipService: SipService; pace: number },
): Promise<BenchGateway> {
  const { time, sipService, siteId, pace } = site;
  const spec = SimGatewaySpec.parse(input);
  const gateway = new SimGateway(spec, {
    seed: 7,
    tempo: { timeZone: 'UTC', pace },
    now: () => time.nowMs,
    sipService,
  });
  await gateway.start();
  const { endpoint } = gateway;
  if (endpoint === null) throw new Error('the gateway is not started');
  time.living.push({
    async tick(nowMs) {
      gateway.tick(nowMs);
      await gateway.provisioning?.settled();
    },
  });
  const clock = time.still;
  const client = new SnmpClient();
  const folder = join(site.folder, spec.name);
  await mkdir(folder, { recursive: true });
  const merged = await MergeBook.open(join(folder, 'merges.json'), quietLog);
  const book = await GatewayBook.open(join(folder, 'gateways.json'), clock, quietLog, merged);
  const session = new GatewaySession(
    { id: spec.name, address: endpoint.address, port: endpoint.port, access: spec.access, pollIntervalMs: null },
    endpoint.address,
    {
      siteId,
      transports: new Transports(new SnmpTransport(client)),
      clock,
      random: () => 0.5,
      log: quietLog,
      book,
      collector: new Collector({ append: () => undefined }, clock),
      counters: { ok: 0, failed: 0, lagMs: 0 },
      slots: { answering: new Slots(1), doubtful: new Slots(1) },
      limits: () => ({ fullIntervalMs: 300_000, timeoutMs: ANSWER_MS, retries: 0 }),
      claim: () => 'granted',
      isReadElsewhere: () => false,
      onChange: () => undefined,
      onUnreachable: () => undefined,
    },
  );
  return {
    gateway,
    session,
    async close() {
      session.stop();
      await book.save();
      await client.close();
      await gateway.stop();
    },
  };
}
