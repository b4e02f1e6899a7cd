import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LOG_BYTES_MAX = 10_000_000;
const RESTARTS_PER_MINUTE_MAX = 10;
/** What has not come up once will hardly do so at the tenth try. */
const FIRST_STARTS_MAX = 3;

export interface ServiceSpec {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** The signal that stops it gracefully. */
  stopSignal?: NodeJS.Signals;
  /** Show what it prints also on our own output. */
  echo?: boolean;
}

/** A child process that is started again when it dies, writes to a log file, and stops when asked. */
export class Service {
  readonly name: string;
  readonly logFile: string;
  readonly #spec: ServiceSpec;
  readonly #onGiveUp: (sentence: string) => void;
  #child: ChildProcess | undefined;
  #stopping = false;
  #starts: number[] = [];
  #cameUp = false;

  constructor(spec: ServiceSpec, logDir: string, onGiveUp: (sentence: string) => void) {
    this.name = spec.name;
    this.#spec = spec;
    this.#onGiveUp = onGiveUp;
    this.logFile = join(logDir, `${spec.name}.log`);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** It works: from now on an end is an accident, and it is started again more often. */
  cameUp(): void {
    this.#cameUp = true;
  }

  start(): void {
    const { command, args, env, uid, gid } = this.#spec;
    mkdirSync(dirname(this.logFile), { recursive: true });
    if (existsSync(this.logFile) && statSync(this.logFile).size > LOG_BYTES_MAX)
      renameSync(this.logFile, `${this.logFile}.1`);
    const log = createWriteStream(this.logFile, { flags: 'a' });
    // A group of its own: Ctrl-C reaches the launcher alone, which then stops things in order.
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...env },
      ...(uid === undefined ? {} : { uid, gid }),
    });
    this.#child = child;
    this.#starts.push(Date.now());
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    if (this.#spec.echo === true) child.stdout?.pipe(process.stdout, { end: false });
    child.on('error', (error) => this.#onGiveUp(`${this.name} could not be started: ${error.message}`));
    // What it said last may arrive after it ended.
    child.on('close', () => log.end());
    child.on('exit', (code, signal) => {
      if (this.#stopping) return;
      this.#starts = this.#starts.filter((at) => Date.now() - at < 60_000);
      if (this.#starts.length > RESTARTS_PER_MINUTE_MAX || (!this.#cameUp && this.#starts.length >= FIRST_STARTS_MAX)) {
        this.#onGiveUp(
          `${this.name} keeps ending (${signal ?? `code ${code}`}): ${this.lastWords()} (log: ${this.logFile})`,
        );
        return;
      }
      setTimeout(() => this.#stopping || this.start(), 300 * this.#starts.length);
    });
  }

  /** The last line of the log that says what went wrong, or its last line. */
  lastWords(): string {
    const lines = existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-40) : [];
    const words =
      lines.findLast((line) => /FATAL|"level":60|"level":50|Error:/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
    const message = /"msg":"((?:[^"\\]|\\.)*)"/.exec(words)?.[1];
    return (message ?? words).slice(0, 500);
  }

  /** True while the process runs. */
  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Asks it to stop, and insists after `graceMs`. */
  async stop(graceMs = 12_000): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === undefined || !this.running) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(this.#spec.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  }
}

/** Waits until `check` is true, or throws the sentence of `why` after `timeoutMs`. */
export async function waitFor(check: () => Promise<boolean>, timeoutMs: number, why: () => string): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    if (await check().catch(() => false)) return;
    if (Date.now() > until) throw new Error(why());
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
  }
}
