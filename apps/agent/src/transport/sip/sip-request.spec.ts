import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { sendSip } from './sip-request.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

/** A unit that answers each request by what `answer` makes of it. */
async function unit(answer: (request: string) => string): Promise<number> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.on('message', (message, { port, address }) => socket.send(answer(message.toString()), port, address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket.address().port;
}

/** The headers by which an answer is known to belong to its request. */
const echoed = (request: string) =>
  request
    .split('\r\n')
    .filter((line) => /^(call-id|cseq|from|to|via):/i.test(line))
    .join('\r\n');
const answered = (status: string, request: string, more = '') =>
  `SIP/2.0 ${status}\r\n${echoed(request)}\r\n${more}Content-Length: 0\r\n\r\n`;

const notify = { method: 'NOTIFY', host: '127.0.0.1', headers: ['Event: resync'], login: null } as const;

describe('a SIP request', () => {
  test('has no answer where the name of its host cannot be resolved', async () => {
    // A label of more than 63 characters is no name, and nobody is asked for it.
    const host = `${'a'.repeat(70)}.invalid`;
    expect(await sendSip({ ...notify, host, port: 5060 }, systemClock)).toBeNull();
  });

  test('has the final answer of the unit, and none of another request', async () => {
    const port = await unit((request) =>
      answered('200 OK', request.replace(/Call-ID: .*/, 'Call-ID: another')).concat(''),
    );
    const other = sendSip({ ...notify, port }, { ...systemClock, schedule: (_, run) => systemClock.schedule(20, run) });
    expect(await other).toBeNull();
    const right = await unit((request) => answered('200 OK', request));
    expect(await sendSip({ ...notify, port: right }, systemClock)).toMatchObject({ status: 200 });
  });

  test('answers a challenge once', async () => {
    let asked = 0;
    const challenge = 'WWW-Authenticate: Digest realm="unit", nonce="n", algorithm=MD5\r\n';
    const port = await unit((request) => {
      asked += 1;
      return request.includes('Authorization: Digest ')
        ? answered('200 OK', request)
        : answered('401 Unauthorized', request, challenge);
    });
    const login = { user: 'admin', password: 'secret' };
    expect(await sendSip({ ...notify, port, login }, systemClock)).toMatchObject({ status: 200 });
    expect(asked).toBe(2);
  });
});
