import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { CLEAR_LINK } from './line-faults.ts';
import { pull } from './pull.ts';

/** A TFTP server (RFC 1350) with one file, which answers from a port of its own and may lose the first packet. */
async function serving(name: string, file: Buffer, losesFirst = false): Promise<number> {
  const [door, data] = [createSocket('udp4'), createSocket('udp4')];
  let isLost = losesFirst;
  door.on('message', (request, { port, address }) => {
    if (isLost) {
      isLost = false;
      return;
    }
    const asked = request.subarray(2).toString().split('\0')[0];
    if (asked === name) send(1, port, address);
    else data.send(Buffer.from('\0\u0005\0\u0001no such file\0'), port, address);
  });
  const send = (block: number, port: number, address: string) =>
    data.send(
      Buffer.concat([Buffer.from([0, 3, block >> 8, block & 255]), file.subarray((block - 1) * 512, block * 512)]),
      port,
      address,
    );
  data.on('message', (ack, { port, address }) => {
    const block = ack.readUInt16BE(2);
    if ((block - 1) * 512 + 512 <= file.length) send(block + 1, port, address);
  });
  for (const socket of [door, data]) {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => {
      socket.close();
    });
  }
  return door.address().port;
}

const place = (cutAtByte = Infinity, cut = () => undefined as void) => ({
  localAddress: '127.0.0.9',
  link: { ...CLEAR_LINK, cutAtByte },
  signal: new AbortController().signal,
  cut,
});

test.for([0, 511, 512, 513, 2_048])('a file of %i bytes comes whole', async (length) => {
  const file = 'x'.repeat(length);
  // A lost request is repeated.
  const port = await serving('a/b.cfg', Buffer.from(file), length === 513);
  expect(await pull(`tftp://127.0.0.1:${port}/a/b.cfg`, {}, place())).toMatchObject({ status: 200, body: file });
});

test('a file that is not there is 404, and a cut transfer has no status', async () => {
  const port = await serving('b.cfg', Buffer.alloc(2_000));
  let cuts = 0;
  const broken = place(1_000, () => {
    cuts += 1;
  });
  expect(await pull(`tftp://127.0.0.1:${port}/none`, {}, place())).toMatchObject({ status: 404 });
  expect(await pull(`tftp://127.0.0.1:${port}/b.cfg`, {}, broken)).toMatchObject({ status: null });
  expect(cuts).toBe(1);
});
