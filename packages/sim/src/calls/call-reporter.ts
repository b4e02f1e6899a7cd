import { createSocket, type Socket } from 'node:dgram';
import type { SyslogSpec } from '../fleet/spec.ts';
import type { LineCallStep } from '../line/call-steps.ts';
import type { CallLines, SimCall, SimCallSource } from './call-lines.ts';
import { farEndOf } from './dialled.ts';

/** Calls leave the site with this digit, as behind many exchanges. */
const OUTSIDE_LINE = '9';

/** Sends a gateway's syslog lines about its calls, from the gateway's own address. Never throws: a line may be lost. */
export class CallReporter {
  readonly #lines: CallLines;
  readonly #to: SyslogSpec;
  readonly #source: SimCallSource;
  readonly #calls = new Map<number, SimCall>();
  #socket: Promise<Socket | null> | null = null;
  #count = 0;
  #sequence = 0;
  sent = 0;

  constructor(lines: CallLines, to: SyslogSpec, source: SimCallSource) {
    this.#lines = lines;
    this.#to = to;
    this.#source = source;
  }

  /** Counters start again, and calls in progress are forgotten. */
  restart(): void {
    this.#calls.clear();
    this.#count = 0;
    this.#sequence = 0;
  }

  report(step: LineCallStep): void {
    const call = step.phase === 'start' ? this.#begin(step) : this.#go(step);
    // A call that was under way when the gateway was started has no record of its own.
    if (call === null) return;
    if (step.phase === 'end') this.#calls.delete(step.position);
    else this.#calls.set(step.position, call);
    for (const line of this.#lines(step.phase, call, this.#source, (this.#sequence += 1))) void this.#send(line);
  }

  async close(): Promise<void> {
    const socket = await this.#socket;
    this.#socket = null;
    if (socket !== null && socket !== undefined) await new Promise<void>((resolve) => socket.close(() => resolve()));
  }

  #begin({ at, position, outgoing }: LineCallStep): SimCall {
    this.#count += 1;
    const { seed, ports } = this.#source;
    const other = farEndOf(seed, position, this.#count);
    return {
      count: this.#count,
      position,
      lineNumber: ports[position - 1]?.number ?? '',
      outgoing,
      dialled: outgoing ? OUTSIDE_LINE + other : other,
      other,
      fax: ports[position - 1]?.device === 'fax',
      setupAt: at,
      connectAt: null,
      releaseAt: null,
      byFarEnd: false,
    };
  }

  #go({ phase, at, position, byFarEnd }: LineCallStep): SimCall | null {
    const call = this.#calls.get(position);
    if (call === undefined) return null;
    return phase === 'connect' ? { ...call, connectAt: at } : { ...call, releaseAt: at, byFarEnd };
  }

  async #send(line: string): Promise<void> {
    this.#socket ??= open(this.#source.address);
    const socket = await this.#socket;
    if (socket === null) return;
    const { host, port } = this.#to;
    this.sent += 1;
    socket.send(line, port, host, () => undefined);
  }
}

function open(address: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(null));
    socket.bind({ address, port: 0 }, () => {
      socket.removeAllListeners('error');
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
