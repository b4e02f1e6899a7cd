import { createSocket } from 'node:dgram';

/** The SIP server of a bench, as far as OPTIONS are concerned: it answers, or is silent. */
export interface SipAnswerer {
  /** `host:port`. */
  address: string;
  /** Until when it is silent, by the time of the site. */
  silentUntilMs: number;
  close(): Promise<void>;
}

export async function sipAnswerer(nowMs: () => number): Promise<SipAnswerer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const server: SipAnswerer = {
    address: `127.0.0.1:${socket.address().port}`,
    silentUntilMs: 0,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  socket.on('message', (request, { port, address }) => {
    if (nowMs() < server.silentUntilMs) return;
    const copied = request
      .toString('latin1')
      .split('\r\n')
      .filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
    socket.send(['SIP/2.0 200 OK', ...copied, 'Content-Length: 0', '', ''].join('\r\n'), port, address);
  });
  return server;
}
