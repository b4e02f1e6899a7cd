/**
 * How many syslog lines a second the receiver of the agent takes over UDP on loopback without losing one.
 *
 * Node apps/agent/bench/syslog.bench.ts [lines a second] [seconds]
 */
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { CallListener } from '../src/calls/call-listener.ts';
import { systemClock } from '../src/core/clock.ts';
import type { GatewaySession } from '../src/session/gateway-session.ts';

const rate = Number(process.argv[2] ?? 2_000);
const seconds = Number(process.argv[3] ?? 10);
const SENDERS = 20;
const fixture = join(import.meta.dirname, '../../../packages/call-records/fixtures/audiocodes.log');
const lines = readFileSync(fixture, 'utf8').split('\n').slice(0, 4);

const ports = Array.from({ length: 24 }, (_, at) => ({ position: at + 1, name: null, number: String(201 + at) }));
const session = (ip: string): GatewaySession =>
  ({
    ip,
    gatewayId: ip,
    known: { inventory: { gateway: { vendor: 'AudioCodes' }, ports } },
  }) as unknown as GatewaySession;
const sessions = new Map(
  Array.from({ length: SENDERS }, (_, at) => `127.0.77.${at + 1}`).map((ip) => [ip, session(ip)]),
);
let steps = 0;
const listener = new CallListener({
  fleet: { at: (ip) => (sessions.has(ip) ? [sessions.get(ip)!] : []) },
  clock: systemClock,
  log: pino({ level: 'silent' }),
  take: () => {
    steps += 1;
  },
  relays: [],
});
await listener.listen(0, '127.0.0.1');
const { port } = listener.health({});

const senders = await Promise.all(
  [...sessions.keys()].map(
    (ip) =>
      new Promise<ReturnType<typeof createSocket>>((resolve) => {
        const socket = createSocket('udp4');
        socket.bind({ address: ip }, () => resolve(socket));
      }),
  ),
);
let sent = 0;
const started = performance.now();
while (performance.now() - started < seconds * 1000) {
  const due = Math.min(rate * seconds, Math.floor(((performance.now() - started) / 1000) * rate));
  for (; sent < due; sent += 1) senders[sent % SENDERS]!.send(lines[sent % lines.length]!, port!, '127.0.0.1');
  await new Promise((resolve) => setTimeout(resolve, 5));
}
const took = (performance.now() - started) / 1000;
await new Promise((resolve) => setTimeout(resolve, 1_000));
const { lines: received, refused } = listener.health({});
console.log(
  `sent ${sent} lines in ${took.toFixed(1)} s (${Math.round(sent / took)} a second) from ${SENDERS} gateways; received ${received}, lost ${sent - received}; ${steps} steps; refused ${JSON.stringify(refused)}`,
);
for (const socket of senders) socket.close();
await listener.close();
if (received !== sent) process.exitCode = 1;
