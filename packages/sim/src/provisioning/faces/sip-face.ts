import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { digestChallenge, digestFits, type Login } from './digest.ts';

export interface SipHost {
  down(): boolean;
  /** Null where a NOTIFY is believed without a login. */
  login(): Login | null;
  notified(event: string): void;
}

/** A unit's SIP port, as far as NOTIFY and OPTIONS are concerned (RFC 3261, RFC 6665), over UDP. */
export class SipFace {
  readonly #host: SipHost;
  readonly #nonces = new Set<string>();
  #socket: Socket | null = null;

  constructor(host: SipHost) {
    this.#host = host;
  }

  listen(port: number, address: string): Promise<number> {
    const socket = createSocket('udp4');
    this.#socket = socket;
    socket.on('message', (message, from) => this.#receive(message.toString('utf8'), from));
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ address, port }, () => {
        socket.on('error', () => undefined);
        resolve(socket.address().port);
      });
    });
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) await new Promise<void>((resolve) => socket.close(() => resolve()));
  }

  #receive(text: string, { address, port }: RemoteInfo): void {
    if (this.#host.down()) return;
    const [head = ''] = text.split('\r\n\r\n');
    const [start = '', ...lines] = head.split('\r\n');
    const method = /^([A-Z]+) sip:\S* SIP\/2\.0$/.exec(start)?.[1];
    // Keep-alives and what is no SIP request get no answer.
    if (method === undefined) return;
    const headers = headersOf(lines);
    const answer = (status: string, more = '') => {
      const copied = ['via', 'from', 'call-id', 'cseq']
        .map((name) => `${NAMES[name]}: ${headers.get(name) ?? ''}\r\n`)
        .join('');
      const to = headers.get('to') ?? '';
      const reply = `SIP/2.0 ${status}\r\n${copied}To: ${to};tag=unit\r\n${more}Content-Length: 0\r\n\r\n`;
      this.#socket?.send(reply, port, address, () => undefined);
    };
    if (method === 'OPTIONS') answer('200 OK');
    else if (method !== 'NOTIFY') answer('501 Not Implemented');
    else if (!this.#admits(headers.get('authorization'))) {
      const { header, nonce } = digestChallenge('unit');
      this.#nonces.add(nonce);
      answer('401 Unauthorized', `WWW-Authenticate: ${header}\r\n`);
    } else {
      answer('200 OK');
      this.#host.notified((headers.get('event') ?? '').trim().toLowerCase());
    }
  }

  #admits(header: string | undefined): boolean {
    const login = this.#host.login();
    return login === null || digestFits(header, this.#nonces, login, 'NOTIFY');
  }
}

const NAMES: Readonly<Record<string, string>> = { via: 'Via', from: 'From', 'call-id': 'Call-ID', cseq: 'CSeq' };
const SHORT: Readonly<Record<string, string>> = { v: 'via', f: 'from', t: 'to', i: 'call-id', o: 'event' };

function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const lower = name.toLowerCase();
    const full = SHORT[lower] ?? lower;
    // A request through a proxy has several Via, and its answer returns all of them.
    headers.set(full, headers.has(full) && full === 'via' ? `${headers.get(full)}, ${value}` : value);
  }
  return headers;
}
