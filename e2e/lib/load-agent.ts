/**
 * An agent with invented data: the real outbox and uplink, writing numbered events and reports as fast as configured,
 * and a ledger of what was safely on disk. Run as a process of its own, so that it can be killed.
 *
 * node load-agent.ts <state folder> <identity.json> <gateway id> <messages a second>
 */
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../apps/agent/dist/core/clock.js';
import { makeLogger } from '../../apps/agent/dist/core/logger.js';
import { Outbox } from '../../apps/agent/dist/outbox/outbox.js';
import { diskStorage } from '../../apps/agent/dist/outbox/storage.js';
import { mqttTransport } from '../../apps/agent/dist/uplink/mqtt-transport.js';
import { Uplink } from '../../apps/agent/dist/uplink/uplink.js';

const [folder = '', identityFile = '', gatewayId = '', rate = '20'] = process.argv.slice(2);
const identity = JSON.parse(readFileSync(identityFile, 'utf8')) as {
  agentId: string;
  mqttUrl: string;
  keyPem: string;
  certificatePem: string;
  caPem: string;
};
const PORTS = 24;
const DRAIN_MS = 200_000;
const ALL = <T>(value: T): T[] => Array.from({ length: PORTS }, () => value);

const outbox = await Outbox.open({
  agentId: identity.agentId,
  storage: diskStorage(join(folder, 'outbox')),
  clock: systemClock,
  bytesMax: 64_000_000,
});
const uplink = new Uplink({
  outbox,
  transport: mqttTransport(() => ({ url: identity.mqttUrl, ...identity })),
  clock: systemClock,
  random: Math.random,
  log: makeLogger('silent'),
  onRequest: async () => undefined,
});
uplink.start();

outbox.append('inventory', {
  gatewayId,
  revision: 1,
  address: '192.0.2.1:161',
  driverId: 'generic',
  driverRevision: 1,
  evidence: 'generic',
  unknownHardware: false,
  pollIntervalMs: 30_000,
  gateway: {
    vendor: 'Load',
    model: 'L24',
    firmware: null,
    hardwareRevision: null,
    serial: gatewayId.slice(0, 8),
    macAddress: null,
    sysName: null,
    sysDescr: null,
    sysObjectId: null,
    powerSource: null,
  },
  capabilities: {},
  actions: [],
  ports: Array.from({ length: PORTS }, (_, index) => ({
    position: index + 1,
    key: String(index),
    kind: 'fxs' as const,
    name: null,
    number: null,
    signalling: null,
    impedance: null,
    countryProfile: null,
    codecs: null,
    t38: null,
  })),
});

let count = 0;
/** Ids are made from the start of the process and a number, so that the ledger tells what was meant. */
const id = (kind: string) => {
  const hex = createHash('sha256').update(`${gatewayId} ${kind} ${outbox.epoch} ${count}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const timer = setInterval(
  async () => {
    count += 1;
    const at = Date.now();
    const event = id('event');
    outbox.append('events', {
      events: [
        {
          id: event,
          gatewayId,
          at,
          kind: 'other',
          severity: 'info',
          position: null,
          text: `Load ${count}`,
          alarmKey: null,
          source: 'agent',
          detail: {},
        },
      ],
    });
    outbox.append('reports', {
      reports: [
        {
          gatewayId,
          at,
          revision: 1,
          full: true,
          pollMs: 1,
          state: { hook: ALL(count % 2), call: ALL(0) },
          measures: { loopCurrentMa: ALL(count % 100), lineVoltageV: ALL(48) },
        },
      ],
    });
    await outbox.flush();
    // Only messages on disk count as sent; a kill between the two lines loses the ledger's line, never the message.
    appendFileSync(join(folder, 'ledger.txt'), `${event} ${at}\n`);
  },
  1000 / Number(rate),
);

process.on('SIGTERM', async () => {
  clearInterval(timer);
  await outbox.flush();
  // What is on disk waits there for the cloud, however long it takes to come back.
  const until = Date.now() + DRAIN_MS;
  while (outbox.stats().messages > 0 && Date.now() < until) {
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
  await uplink.stop(5_000);
  await outbox.close();
  process.exit(0);
});
process.on('SIGUSR2', () => clearInterval(timer));
process.stdout.write('running\n');
