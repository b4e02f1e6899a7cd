import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Arrival } from './sink.ts';
import { environment } from './office.ts';

const EXEC_ARGV = ['--disable-warning=ExperimentalWarning'];

/** Starts a process that delivers, and waits until it does. */
export async function startWorker(databaseUrl: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), {
    execArgv: EXEC_ARGV,
    env: { PATH: process.env['PATH'], ...environment(databaseUrl) },
  });
  await answer(child, (message) => (message === 'ready' ? true : undefined));
  return child;
}

export function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else {
      child.once('exit', () => resolve());
      child.kill(signal);
    }
  });
}

/** The receiving process. */
export class SinkProcess {
  readonly #child: ChildProcess = fork(join(import.meta.dirname, 'sink.ts'), { execArgv: EXEC_ARGV });
  #port = 0;

  static async start(): Promise<SinkProcess> {
    const sink = new SinkProcess();
    sink.#port = await answer(sink.#child, (message) => (message as { port?: number }).port);
    return sink;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }

  count(): Promise<number> {
    return this.#ask('count', (message) => (message as { count?: number }).count);
  }

  /** What arrived since the last time. */
  take(): Promise<Arrival[]> {
    return this.#ask('take', (message) => (message as { arrivals?: Arrival[] }).arrivals);
  }

  stop(): Promise<void> {
    return stopped(this.#child, 'SIGKILL');
  }

  #ask<T>(question: string, read: (message: unknown) => T | undefined): Promise<T> {
    const answered = answer(this.#child, read);
    this.#child.send(question);
    return answered;
  }
}

function answer<T>(child: ChildProcess, read: (message: unknown) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('a process of the benchmark ended'));
    const hear = (message: unknown) => {
      const value = read(message);
      if (value === undefined) return;
      child.off('message', hear).off('exit', ended);
      resolve(value);
    };
    child.on('message', hear).once('exit', ended);
  });
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
