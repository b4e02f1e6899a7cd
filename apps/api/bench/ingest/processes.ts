import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublisherCommand, RunResult } from './publisher.ts';

/** Clock ticks a second in /proc (sysconf(_SC_CLK_TCK)); 100 on Linux. */
const TICKS_PER_S = 100;

/** CPU seconds a process has used, its children that ended included. */
export function cpuSecondsOf(pid: number): number {
  const fields = statOf(pid);
  return fields === null ? 0 : fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_S;
}

/** The same of a process with its living children, such as a PostgreSQL server. */
export function cpuSecondsOfTree(pid: number): number {
  const children = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && statOf(Number(name))?.[1] === String(pid),
  );
  return children.reduce((sum, child) => sum + cpuSecondsOf(Number(child)), cpuSecondsOf(pid));
}

export function parentOf(pid: number): number {
  return Number(statOf(pid)?.[1] ?? 0);
}

/** The fields of /proc/<pid>/stat after the name; the first is the state. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** The process that plays the agents. */
export class Publisher {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(join(import.meta.dirname, 'publisher.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Has it do something, and waits for the end. */
  tell(command: PublisherCommand): Promise<RunResult | null> {
    return new Promise((resolve, reject) => {
      this.#child.once('exit', () => reject(new Error('the publisher ended')));
      this.#child.once('message', (answer: { result?: RunResult | null; error?: string }) => {
        this.#child.removeAllListeners('exit');
        if (answer.error === undefined) resolve(answer.result ?? null);
        else reject(new Error(answer.error));
      });
      this.#child.send(command);
    });
  }

  stop(): void {
    this.#child.kill();
  }
}

/** Starts Mosquitto without TLS on a port of loopback, with its file in `folder`; null where it is not installed. */
export async function startMosquitto(port: number, folder: string): Promise<ChildProcess | null> {
  const file = join(folder, 'mosquitto.conf');
  writeFileSync(
    file,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 4000\nmax_queued_messages 0\npersistence false\nlog_type error\nset_tcp_nodelay true\n`,
  );
  const child = spawn('mosquitto', ['-c', file], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
  });
  const failed = new Promise<null>((resolve) => child.once('error', () => resolve(null)));
  const started = new Promise<ChildProcess>((resolve) => setTimeout(() => resolve(child), 500));
  return Promise.race([failed, started]);
}
