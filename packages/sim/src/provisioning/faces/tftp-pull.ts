import { createSocket } from 'node:dgram';
import type { Pulled, PullPlace } from './transfer.ts';

/** Opcodes of TFTP (RFC 1350). */
const [RRQ, DATA, ACK, ERROR] = [1, 3, 4, 5];
const BLOCK_BYTES = 512;
const RETRY_MS = 1_000;
const TRIES_MAX = 4;
const BYTES_MAX = 4_000_000;

/** Gets a file over TFTP (RFC 1350, octet mode) from the unit's own address; status 200, or 404 for an error of the server. */
export function tftpPull(url: string, place: PullPlace): Promise<Pulled> {
  const { hostname, port, pathname } = new URL(url);
  const { localAddress, link, signal } = place;
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let [expected, bytes, tries] = [1, 0, 0];
    let request = Buffer.concat([Buffer.from([0, RRQ]), Buffer.from(`${decodeURI(pathname.slice(1))}\0octet\0`)]);
    /** The server answers from a port of its own, and only that one counts from then on. */
    let peer: number | null = null;
    let timer: NodeJS.Timeout | undefined;
    const end = (pulled: Pulled) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
      socket.close();
      resolve(pulled);
    };
    const aborted = () => end({ status: null, why: 'the power went' });
    const send = () => {
      tries += 1;
      if (tries > TRIES_MAX) {
        end({ status: null, why: 'no answer' });
        return;
      }
      socket.send(request, peer ?? (port === '' ? 69 : Number(port)), hostname, () => undefined);
      timer = setTimeout(send, RETRY_MS);
    };
    socket.on('error', (error) => end({ status: null, why: error.message }));
    socket.on('message', (message, from) => {
      if (message.length < 4 || (peer !== null && from.port !== peer)) return;
      const [opcode, block] = [message.readUInt16BE(0), message.readUInt16BE(2)];
      if (opcode === ERROR) return end({ status: 404, headers: {}, body: '' });
      if (opcode !== DATA || block !== expected % 65_536) return undefined;
      peer = from.port;
      clearTimeout(timer);
      const data = message.subarray(4);
      bytes += data.length;
      if (bytes > Math.min(link.cutAtByte, BYTES_MAX)) {
        place.cut();
        return signal.aborted ? undefined : end({ status: null, why: 'the transfer was cut' });
      }
      chunks.push(data);
      [expected, tries] = [expected + 1, 0];
      request = Buffer.from([0, ACK, message[2] ?? 0, message[3] ?? 0]);
      if (data.length === BLOCK_BYTES) return send();
      // Nobody waits for the answer to the last acknowledgement.
      socket.send(request, from.port, from.address, () =>
        end({ status: 200, headers: {}, body: Buffer.concat(chunks).toString('utf8') }),
      );
      return undefined;
    });
    signal.addEventListener('abort', aborted);
    socket.bind({ address: localAddress, port: 0 }, send);
  });
}
