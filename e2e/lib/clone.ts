import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/lib/process.ts';
import { type ApiCaller, signedIn } from '../../scripts/stack/api-caller.ts';
import { until } from './stack.ts';

/**
 * A clone of the commit under test with nothing but what git holds: no `dist`, no `node_modules`, and an environment
 * without this checkout's tools, so that nothing which lies around can make a command work.
 */
export class Clone {
  readonly folder: string;
  readonly commit: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor() {
    const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();
    this.commit = git('rev-parse', 'HEAD');
    this.folder = mkdtempSync(join(tmpdir(), 'loopstart-clone-'));
    // PostgreSQL runs as another user where the tests run as root, and must get at its files.
    chmodSync(this.folder, 0o755);
    execFileSync('git', ['clone', '--quiet', root, this.folder]);
    execFileSync('git', ['-C', this.folder, 'checkout', '--quiet', '--detach', this.commit]);
    const path = (process.env.PATH ?? '').split(':').filter((one) => !one.startsWith(root));
    const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_)/i.test(name));
    this.#env = { ...Object.fromEntries(inherited), PATH: path.join(':') };
  }

  /** Starts a command line as a person types it, in the folder of the clone. */
  start(command: string): Running {
    return new Running(
      spawn('/bin/sh', ['-c', `exec ${command}`], { cwd: this.folder, env: this.#env, detached: true }),
    );
  }

  /** Runs a command line to its end. Returns what it printed; throws it where the command fails. */
  async run(command: string, timeoutMs = 120_000): Promise<string> {
    const running = this.start(command);
    const code = await running.ended(timeoutMs);
    if (code !== 0) throw new Error(`${command} ended with code ${code}:\n${running.output}`);
    return running.output;
  }

  /** The console's API as the first user, by what `npm start` printed. */
  signIn(printed: string, apiPort: number): Promise<ApiCaller> {
    const email = /sign in as\s+(\S+)/.exec(printed)?.[1] ?? '';
    const password = /with password\s+(\S+)/.exec(printed)?.[1] ?? '';
    return signedIn(`http://127.0.0.1:${apiPort}`, email, password);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A command that runs, in a process group of its own. */
export class Running {
  output = '';
  #code: number | null | undefined;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.once('exit', (code) => (this.#code = code));
  }

  /** Waits until it has printed something that matches. Throws its output when it ends or `timeoutMs` pass before. */
  async prints(what: RegExp, timeoutMs: number, from = 0): Promise<string> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = what.exec(this.output.slice(from))?.[0];
      if (found !== undefined) return found;
      if (this.#code !== undefined) throw new Error(`it ended with code ${this.#code}:\n${this.output}`);
      if (Date.now() > end) throw new Error(`no ${what} within ${timeoutMs / 1000} s in:\n${this.output}`);
      await delay(200);
    }
  }

  /** Its exit code; kills the whole group after `timeoutMs`. */
  async ended(timeoutMs: number): Promise<number | null> {
    try {
      await until('its end', timeoutMs, () => Promise.resolve(this.#code === undefined ? undefined : true));
    } catch {
      this.#signal('SIGKILL');
      throw new Error(`it did not end within ${timeoutMs / 1000} s:\n${this.output}`);
    }
    return this.#code ?? null;
  }

  /** Presses Ctrl-C, as a terminal does: the signal goes to the whole group. Returns the exit code. */
  interrupt(timeoutMs = 60_000): Promise<number | null> {
    if (this.#code === undefined) this.#signal('SIGINT');
    return this.ended(timeoutMs);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, signal);
  }
}

/** Ids of processes whose command line contains `what`, from /proc (proc(5)). */
export function processesOf(what: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(what);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The commands that the README tells people to type, in its order: of shell blocks and of running text. */
export function readmeCommands(): string[] {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const found = [...text.matchAll(/^\s*(npm .+?)(?:\s{2,}#.*)?$|`(npm (?:start|test|run) ?[^`]*)`/gm)];
  return found.map(([, block, inline]) => (block ?? inline ?? '').trim());
}
