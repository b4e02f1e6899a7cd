import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

/** The folder of the project. */
export const root = dirname(dirname(import.meta.dirname));

/** A path inside the project. */
export const inRoot = (...parts: string[]): string => join(root, ...parts);

/** A tool of node_modules/.bin. */
export const bin = (name: string): string => inRoot('node_modules', '.bin', name);

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** Collect the output and show it only when the command fails. */
  quiet?: boolean;
  /** Ends the command, and all that it started, after this time. */
  limitMs?: number;
}

/** The command was ended because its time was up. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Runs a command to its end. Throws an Error of one sentence (and the output, where it was quiet) when it fails. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: options.quiet === true ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...options.env },
      // A group of its own, to end what it started, too.
      detached: options.limitMs !== undefined,
    });
    let isOver = false;
    const endGroup = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    // Ctrl-C of a terminal does not reach a group of its own.
    const interrupted = () => {
      endGroup();
      process.exit(130);
    };
    const timer =
      options.limitMs === undefined
        ? undefined
        : setTimeout(() => {
            isOver = true;
            endGroup();
          }, options.limitMs);
    if (timer !== undefined) process.once('SIGINT', interrupted);
    const settle = () => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
    };
    const output: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', (error) => {
      settle();
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      settle();
      if (code === 0) return resolve();
      if (isOver) return reject(new OutOfTime(`${command} took longer than ${options.limitMs! / 1000} s`));
      if (output.length > 0) process.stderr.write(Buffer.concat(output));
      reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}`));
    });
  });
}

/** True where a shell command succeeds, whatever it prints. */
export function has(shown: string): Promise<boolean> {
  return run('/bin/sh', ['-c', `{ ${shown}; } > /dev/null 2>&1`], { quiet: true }).then(
    () => true,
    () => false,
  );
}

/** Runs the body of a command: prints an error as one sentence, and ends the process with code 1. */
export async function runCommand(body: () => Promise<void>): Promise<void> {
  // A reader of our output may close it; that stops nothing.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    await body();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
