import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { CallStep } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { audiocodes, freePort, siteMaker } from './testing/site-helpers.ts';
import type { TestSite } from './testing/test-site.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();
const steps = ({ cloud }: TestSite): CallStep[] => cloud.bodies('calls').flatMap(({ calls }) => calls as CallStep[]);

interface Status {
  health: { callRecords: { port: number | null; lines: number; steps: number; refused: Record<string, number> } };
  unknownSyslogSenders: Record<string, number>;
}
const statusOf = async (agent: { answer: (what: string, about: null) => Promise<unknown> }): Promise<Status> =>
  (await agent.answer('status', null)) as Status;

/** The port that the agent listens on, once it does: any free one. */
async function listening(agent: Parameters<typeof statusOf>[0]): Promise<number> {
  let port: number | null = null;
  await until(async () => (port = (await statusOf(agent)).health.callRecords.port) !== null, 20_000);
  return port!;
}

async function sendUdp(port: number, from: string, messages: readonly string[]): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind({ address: from }, resolve));
  for (const message of messages)
    await new Promise<void>((resolve) => socket.send(message, port, '127.0.0.1', () => resolve()));
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}

const sbc = (type: string): string =>
  [
    type,
    'SBC',
    '77@192.0.2.1',
    'a1b2c3:4:55',
    'RMT',
    '192.0.2.1',
    '5060',
    '192.0.2.2',
    '5060',
    'UDP',
    '01632960001@x',
    '01632960001@x',
    '442079460000@x',
    '901442079460000@x',
    '0',
    'UNKN',
    'REASON N/A',
    'UNKNOWN',
    '18:57:52.320  UTC Mon Dec 05 2022',
    '',
    '',
    '-1',
    '',
    '',
    '24',
    'LAN',
    'SRD',
    'S',
    'P',
    'I',
    'M',
    'no',
    '',
    '',
    '',
    '',
    'Normal',
    '1',
    '',
  ].join(' |');

/** A zone in which it is between ten and eleven in the morning: at night nobody calls. */
function zoneInTheMorning(now: number): string {
  const behind = new Date(now).getUTCHours() - 10;
  return `Etc/GMT${behind > 12 ? behind - 24 : behind < 0 ? behind : `+${behind}`}`;
}

test('records of simulated calls arrive as steps of calls, on the port of the line', async () => {
  const syslogPort = await freePort();
  const site = await makeSite({
    gateways: [
      {
        ...audiocodes('a', '127.0.46.1'),
        ports: [
          { device: 'card-terminal', number: '201' },
          { device: 'phone', number: '202' },
        ],
        syslog: { host: '127.0.0.1', port: syslogPort },
      },
    ],
    syslogPort,
    pace: 400,
    timeZone: zoneInTheMorning(Date.now()),
  });
  await site.start();
  await until(() => steps(site).some(({ phase }) => phase === 'end'), 50_000);
  const gatewayId = site.cloud.bodies('inventory')[0]?.gatewayId;
  const end = steps(site).find(({ phase }) => phase === 'end');
  expect(end).toMatchObject({ gatewayId, format: 'audiocodes-gateway' });
  const own = steps(site).filter(({ callKey }) => callKey === end?.callKey);
  expect(new Set(own.map(({ position }) => position)).size).toBe(1);
  expect([1, 2]).toContain(end?.position);
  for (const { direction, dialled, called } of steps(site))
    if (direction === 'from-line') expect(dialled).toBe(`9${called}`);
}, 90_000);

test('a line of an unknown sender, a damaged one and one about something else make no call, and are counted', async () => {
  const site = await makeSite({ gateways: [audiocodes('a', '127.0.46.2')] });
  const agent = await site.start();
  await until(() => site.cloud.reports().length > 0);
  const syslogPort = await listening(agent);
  await sendUdp(syslogPort, '127.0.46.99', [`<142>[S=1] |${sbc('CALL_START')}|`]);
  await sendUdp(syslogPort, '127.0.46.2', [
    '<142>[S=2] |CALL_END |SBC |damaged|',
    '<142>[S=3] (sip_stack) something else',
    'x'.repeat(9_000),
    `<142>[S=4] |${sbc('CALL_START')}|`,
  ]);
  await until(() => steps(site).length > 0);
  expect(steps(site)).toMatchObject([
    {
      phase: 'start',
      dialled: '901442079460000',
      called: '442079460000',
      position: null,
      nulls: { position: 'not-on-a-line' },
    },
  ]);
  const { health, unknownSyslogSenders } = await statusOf(agent);
  expect(health.callRecords).toMatchObject({
    port: syslogPort,
    lines: 5,
    steps: 1,
    refused: { 'unknown-sender': 1, columns: 1, 'too-long': 1 },
  });
  expect(unknownSyslogSenders).toEqual({ '127.0.46.99': 1 });
});

test('over TCP, with counted and with ended messages; a stranger is cut off', async () => {
  const site = await makeSite({ gateways: [audiocodes('a', '127.0.46.3')] });
  const agent = await site.start();
  await until(() => site.cloud.reports().length > 0);
  const syslogPort = await listening(agent);
  const stranger = connect({ host: '127.0.0.1', port: syslogPort, localAddress: '127.0.46.98' });
  await new Promise<void>((resolve) => {
    stranger.on('error', () => undefined);
    stranger.on('close', () => resolve());
  });
  const start = `<142>[S=1] |${sbc('CALL_START')}|`;
  const socket = connect({ host: '127.0.0.1', port: syslogPort, localAddress: '127.0.46.3' });
  socket.write(`${start.length} ${start}<142>[S=2] |${sbc('CALL_CONNECT')}|\n`);
  await until(() => steps(site).length === 2);
  socket.destroy();
  expect(steps(site).map(({ phase }) => phase)).toEqual(['start', 'connect']);
  expect((await statusOf(agent)).health.callRecords.refused).toEqual({ 'unknown-sender': 1 });
});
