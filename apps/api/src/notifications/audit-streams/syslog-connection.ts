import { finished } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { GuardedTls, TlsDestination } from '../../core/egress/guarded-tls.ts';

/** From the look-up to the end of the connection. */
const DEADLINE_MS = 15_000;

/** Octet counting of RFC 5425, section 4.3: the length in bytes, a space, the message. */
export const framed = (lines: readonly string[]): Buffer =>
  Buffer.concat(lines.flatMap((line) => [Buffer.from(`${Buffer.byteLength(line)} `), Buffer.from(line)]));

/**
 * Sends messages over a connection of their own. Syslog has no acknowledgement, so the end of the connection is one: all is
 * written and closed, and the receiver counts as having it when it has read to that end and closes too. Throws otherwise.
 */
export async function sendSyslog(
  tls: GuardedTls,
  destination: TlsDestination,
  lines: readonly string[],
  deadlineMs = DEADLINE_MS,
): Promise<void> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const socket = await tls.connect(destination, deadline);
    await closedByBoth(socket, framed(lines), deadline);
  } catch (error) {
    if (deadline.aborted)
      throw new Error(
        `The receiver did not take the messages and close the connection within ${deadlineMs / 1000} s.`,
        {
          cause: error,
        },
      );
    throw error;
  }
}

function closedByBoth(socket: TLSSocket, bytes: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let written = false;
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
    socket.on('error', fail);
    // What a receiver says is not part of the protocol, and must be read to see its end.
    socket.resume();
    socket.once('end', () => {
      if (!written) fail(new Error('The receiver closed the connection before everything was sent.'));
    });
    finished(socket, (error) => (error ? fail(error) : written ? resolve() : fail(new Error('The connection broke.'))));
    socket.end(bytes, () => (written = true));
  });
}
