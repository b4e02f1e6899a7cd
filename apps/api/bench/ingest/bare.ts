/**
 * The reference: a subscriber that copies what it is sent into a table, and nothing else. No validation, no
 * bookkeeping, no present state, no tenants; acknowledged to the broker after the commit of each batch.
 */
import { connect } from 'node:net';
import { generate, type Packet, parser as makeParser } from 'mqtt-packet';
import pg from 'pg';
import { copyFrom, CopyRows } from './copy.ts';
import { uuidBytes } from '../../dist/agents/ingest/rows/uuid.js';

const [url, databaseUrl] = process.argv.slice(2) as [string, string];
const BATCH_MAX = 500;
const POSTGRES_EPOCH_MS = 946_684_800_000;
const COLUMNS = [
  'gateway_id',
  'taken_at',
  'received_at',
  'line_voltage_v',
  'loop_current_ma',
  'jitter_ms',
  'packet_loss_percent',
  'calls_in',
  'calls_out',
  'uptime_s',
  'temperature_c',
];

interface BareReport {
  gatewayId: string;
  at: number;
  measures: Record<string, number[] | undefined>;
  counters: Record<string, number[] | undefined>;
  gateway: { uptimeS: number; temperatureC: number };
}

const client = new pg.Client({ connectionString: databaseUrl });
await client.connect();
const at = new URL(url);
const socket = connect({ host: at.hostname, port: Number(at.port) });
socket.setNoDelay(true);
const rows = new CopyRows();
let waiting: { messageId: number; payload: Buffer }[] = [];
let working = false;

const parser = makeParser({ protocolVersion: 5 });
parser.on('packet', (packet: Packet) => {
  if (packet.cmd === 'connack') {
    const subscriptions = [{ topic: '$share/bare/loopstart/v1/agents/+/up', qos: 1 as const }];
    socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions }, { protocolVersion: 5 }));
  } else if (packet.cmd === 'suback') process.send?.('ready');
  else if (packet.cmd === 'publish') {
    waiting.push({ messageId: packet.messageId ?? 0, payload: packet.payload as Buffer });
    if (!working) {
      working = true;
      setImmediate(() => void work());
    }
  }
});
socket.on('data', (chunk) => parser.parse(chunk));
socket.on('connect', () =>
  socket.write(
    generate(
      {
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 5,
        clean: true,
        clientId: 'bare',
        keepalive: 300,
        properties: { receiveMaximum: 4_000 },
      },
      { protocolVersion: 5 },
    ),
  ),
);

async function work(): Promise<void> {
  while (waiting.length > 0) {
    const batch = waiting.slice(0, BATCH_MAX);
    waiting = waiting.slice(batch.length);
    rows.begin();
    for (const { payload } of batch) {
      const message = JSON.parse(payload.toString()) as { kind: string; body: { reports: BareReport[] } };
      if (message.kind === 'reports') for (const report of message.body.reports) row(report);
    }
    await copyFrom(client, `copy bare_sample (${COLUMNS.join(', ')}) from stdin binary`, rows.end());
    const acks = batch.map(({ messageId }) =>
      generate({ cmd: 'puback', messageId, reasonCode: 0 }, { protocolVersion: 5 }),
    );
    socket.write(Buffer.concat(acks));
  }
  working = false;
}

function row({ gatewayId, at, measures, counters, gateway }: BareReport): void {
  const { writer } = rows;
  writer.int16(COLUMNS.length);
  writer.int32(16);
  writer.bytes(uuidBytes(gatewayId)!);
  for (const time of [at, Date.now()]) {
    writer.int32(8);
    writer.int64((time - POSTGRES_EPOCH_MS) * 1000);
  }
  for (const field of ['lineVoltageV', 'loopCurrentMa', 'jitterMs', 'packetLossPercent'])
    rows.cells(measures[field], 700);
  for (const field of ['callsIn', 'callsOut']) rows.cells(counters[field], 23);
  writer.int32(8);
  writer.int64(gateway.uptimeS);
  writer.int32(4);
  writer.float32(gateway.temperatureC);
}
