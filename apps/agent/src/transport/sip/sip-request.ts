import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { authorize, type Login } from '../http/digest.ts';

export interface SipRequest {
  method: 'NOTIFY' | 'OPTIONS';
  host: string;
  port: number;
  headers: readonly string[];
  /** Sent where it is challenged; null: not known. */
  login: Login | null;
}

/** The answer to a request outside a dialog; null: none. */
export type SipAnswer = { status: number } | null;

/** Retransmissions of a request without an answer, after T1 and its doubles (RFC 3261, 17.1.2.2). */
const RETRANSMIT_MS = [0, 500, 1_500, 3_500];
const ANSWER_MS = 6_000;

/** Sends one request over UDP and returns the final answer; a challenge is answered once. Never rejects. */
export async function sendSip(request: SipRequest, clock: Clock): Promise<SipAnswer> {
  const callId = randomBytes(8).toString('hex');
  const first = await transact(request, callId, 1, null, clock);
  if (first === null || request.login === null) return first;
  const { status, challenge } = first;
  if (status !== 401 && status !== 407) return first;
  const answer = authorize(challenge, request.login, { method: request.method, uri: uriOf(request) }, { basic: false });
  if (answer === null) return first;
  const header = `${status === 401 ? 'Authorization' : 'Proxy-Authorization'}: ${answer}`;
  return transact(request, callId, 2, header, clock);
}

const bracketed = (host: string) => (isIPv6(host) ? `[${host}]` : host);
const uriOf = ({ host, port }: SipRequest) => `sip:${bracketed(host)}:${port}`;

function transact(
  request: SipRequest,
  callId: string,
  sequence: number,
  authorization: string | null,
  clock: Clock,
): Promise<{ status: number; challenge: string } | null> {
  const { method, host, port, headers } = request;
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    const cancels: (() => void)[] = [];
    const finish = (answer: { status: number; challenge: string } | null) => {
      for (const cancel of cancels.splice(0)) cancel();
      socket.removeAllListeners('message');
      socket.close();
      resolve(answer);
      finished = true;
    };
    let finished = false;
    socket.on('error', () => {
      if (!finished) finish(null);
    });
    socket.on('message', (message) => {
      const answer = readAnswer(message.toString('latin1'), callId, `${sequence} ${method}`);
      if (answer !== null && answer.status >= 200 && !finished) finish(answer);
    });
    // Connected: an answer comes from this address and port, or it is none. A name that cannot be resolved is an error of
    // the callback, which the types do not have.
    socket.connect(port, host, (failure?: Error) => {
      if (failure !== undefined && failure !== null) return finish(null);
      const own = socket.address();
      const here = `${bracketed(own.address)}:${own.port}`;
      const text = [
        `${method} ${uriOf(request)} SIP/2.0`,
        `Via: SIP/2.0/UDP ${here};branch=z9hG4bK${randomBytes(8).toString('hex')};rport`,
        'Max-Forwards: 70',
        `From: <sip:loopstart@${here}>;tag=${callId.slice(0, 8)}`,
        `To: <${uriOf(request)}>`,
        `Call-ID: ${callId}`,
        `CSeq: ${sequence} ${method}`,
        `Contact: <sip:loopstart@${here}>`,
        ...headers,
        ...(authorization === null ? [] : [authorization]),
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n');
      const send = () => socket.send(text, (error) => void (error && !finished && finish(null)));
      for (const [at, delayMs] of RETRANSMIT_MS.entries()) {
        if (at === 0) send();
        else cancels.push(clock.schedule(delayMs, send));
      }
      cancels.push(clock.schedule(ANSWER_MS, () => finish(null)));
    });
  });
}

function readAnswer(text: string, callId: string, sequence: string): { status: number; challenge: string } | null {
  const [start = '', ...lines] = text.split('\r\n');
  const status = /^SIP\/2\.0 (\d{3}) /.exec(`${start} `)?.[1];
  const header = (name: RegExp) =>
    lines
      .find((line) => name.test(line))
      ?.replace(/^[^:]*:\s*/, '')
      .trim() ?? '';
  const isOurs = header(/^(?:call-id|i)\s*:/i) === callId && header(/^cseq\s*:/i).replaceAll(/\s+/g, ' ') === sequence;
  if (status === undefined || !isOurs) return null;
  return { status: Number(status), challenge: header(/^(?:www|proxy)-authenticate\s*:/i) };
}
