import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createSocket } from 'node:dgram';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BadLink } from './bad-link.ts';
import { BadWire } from './bad-wire.ts';
import { seeded } from './bad-path.ts';

/** An echo behind a bad link, and a way to connect to it. */
async function echoBehind(badness: { delayMs: number; loss: number }) {
  const there: Socket[] = [];
  const server = createServer((socket) => {
    there.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const link = new BadLink({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, badness, seeded(1));
  const port = await link.listen();
  const here: Socket[] = [];
  const open = () => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => undefined);
    here.push(socket);
    return socket;
  };
  onTestFinished(async () => {
    for (const socket of [...here, ...there]) socket.destroy();
    await link.stop();
    server.close();
  });
  return { link, open };
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function answerOf(socket: Socket, bytes: Buffer): Promise<Buffer> {
  const received: Buffer[] = [];
  socket.write(bytes);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received.push(chunk);
    if (received.reduce((sum, { length }) => sum + length, 0) >= bytes.length) break;
  }
  return Buffer.concat(received);
}

describe('a bad link', () => {
  test('with any losses and delays, a stream arrives complete and in order', async () => {
    const { open } = await echoBehind({ delayMs: 5, loss: 0.1 });
    const bytes = Buffer.from(Array.from({ length: 30_000 }, (_, at) => at % 251));
    expect((await answerOf(open(), bytes)).equals(bytes)).toBe(true);
  });

  test('a cut that resets ends both sides and refuses others while it lasts', async () => {
    const { link, open } = await echoBehind({ delayMs: 1, loss: 0 });
    const socket = open();
    socket.write('x');
    await once(socket, 'data');
    const ended = closed(socket);
    link.cut(60_000, 'resets');
    await ended;
    await closed(open());
    expect(link.connections).toBe(1);
  });

  test('a cut that forgets sends nothing to existing connections, and accepts others afterwards', async () => {
    const { link, open } = await echoBehind({ delayMs: 1, loss: 0 });
    const socket = open();
    let received = 0;
    socket.on('data', () => (received += 1));
    socket.write('x');
    await once(socket, 'data');
    link.cut(0, 'forgets');
    socket.write('y');
    expect(await answerOf(open(), Buffer.from('z'))).toEqual(Buffer.from('z'));
    expect({ received, closed: socket.destroyed }).toEqual({ received: 1, closed: false });
  });

  test('a connection that cannot be made during a cut waits, and does not delay its end', async () => {
    const { link, open } = await echoBehind({ delayMs: 1, loss: 0 });
    link.cut(60_000, 'stalls');
    const socket = open();
    await once(socket, 'connect');
    await link.stop();
    await closed(socket);
    expect(link.connections).toBe(0);
  });

  test('the configured share of datagrams is lost, and answers reach their requester', async () => {
    const echo = createSocket('udp4');
    echo.on('message', (message, { port, address }) => echo.send(message, port, address));
    echo.bind(0, '127.0.0.1');
    await once(echo, 'listening');
    const free = createSocket('udp4').bind(0, '127.0.0.1');
    await once(free, 'listening');
    const listen = { host: '127.0.0.1', port: free.address().port };
    await new Promise<void>((resolve) => free.close(() => resolve()));
    const to = { host: '127.0.0.1', port: echo.address().port };
    const wire = new BadWire({ listen, to }, { delayMs: 1, loss: 0.5 }, seeded(1));
    await wire.listen();
    const asker = createSocket('udp4');
    onTestFinished(() => {
      wire.stop();
      echo.close();
      asker.close();
    });
    for (let at = 0; at < 20; at += 1) asker.send(`${at}`, listen.port, listen.host);
    const [answer] = (await once(asker, 'message')) as [Buffer];
    expect(Number(answer.toString())).toBeLessThan(20);
    expect(wire.lost).toBeGreaterThan(0);
    expect(wire.sent).toBeGreaterThanOrEqual(20);
  });
});
