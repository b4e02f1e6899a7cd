import { createHash } from 'node:crypto';
import type { SshStep } from '@loopstart/drivers';
import ssh2, { type ClientChannel } from 'ssh2';
import type { Clock } from '../../core/clock.ts';
import { ConfigLinkError } from '../config-link-error.ts';

export interface SshTarget {
  host: string;
  port: number;
  user: string;
  password: string;
  /** Whether the host key is the gateway's, by its SHA-256 in base64; asked before the login is sent. */
  acceptsHostKey: (sha256: string) => boolean;
}

const CONNECT_MS = 15_000;
const LINE_MS = 20_000;
/** Longest output of one line that is kept, in characters: known configurations have up to 118 kB. */
const OUTPUT_MAX = 4_000_000;
/** Old firmware offers nothing newer. The host key is pinned, and the login is refused where it changes. */
const OLD_ALGORITHMS = {
  kex: { append: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'], prepend: [], remove: [] },
  serverHostKey: { append: ['ssh-rsa', 'ssh-dss'], prepend: [], remove: [] },
  cipher: { append: ['aes128-cbc', '3des-cbc'], prepend: [], remove: [] },
} as ssh2.Algorithms;

/**
 * Types the lines of a step into the shell of a gateway. Returns the captured output, or null. Rejects with
 * ConfigLinkError; `sent` of it tells whether a line had been typed.
 */
export async function typeLines(step: SshStep, target: SshTarget, clock: Clock): Promise<string | null> {
  const client = new ssh2.Client();
  const state = { refusedKey: false, authenticated: false };
  try {
    await connect(client, target, state, clock);
    const shell = await new Promise<ClientChannel>((resolve, reject) =>
      client.shell({ term: 'vt100', cols: 511, rows: 0 }, (error, channel) =>
        error ? reject(new ConfigLinkError('The gateway gave no shell.', null, false)) : resolve(channel),
      ),
    );
    return await converse(step, new Conversation(shell, clock));
  } finally {
    client.on('error', () => undefined);
    client.end();
    client.destroy();
  }
}

async function converse(step: SshStep, talk: Conversation): Promise<string | null> {
  let captured: string | null = null;
  let sent = false;
  try {
    await talk.until(step.ready, LINE_MS);
    for (const line of step.lines) {
      talk.type(line.send);
      sent = true;
      const output = await talk.until(line.until, line.timeoutMs ?? LINE_MS, line.ends === true);
      if (line.refused?.test(output) === true)
        throw new ConfigLinkError('The gateway refused a line of the change.', 'write-refused', true);
      if (line.capture === true) captured = withoutEcho(output, line.send, line.until);
    }
    return captured;
  } catch (error) {
    if (error instanceof ConfigLinkError && error.reason !== null) throw error;
    throw new ConfigLinkError('The gateway did not answer in its shell.', null, sent);
  }
}

function connect(
  client: ssh2.Client,
  { host, port, user, password, acceptsHostKey }: SshTarget,
  state: { refusedKey: boolean },
  clock: Clock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(CONNECT_MS, () => fail('The gateway did not answer by SSH.', null));
    const fail = (message: string, reason: 'login-refused' | 'host-key-changed' | null) => {
      cancel();
      reject(new ConfigLinkError(message, reason, false));
    };
    // Each line waits for its answer: held back segments would cost 40 ms each.
    client.on('connect', () => client.setNoDelay(true));
    client.on('ready', () => {
      cancel();
      resolve();
    });
    client.on('error', (error: Error & { level?: string }) => {
      if (state.refusedKey) fail('The gateway shows another SSH host key than before.', 'host-key-changed');
      else if (error.level === 'client-authentication') fail('The gateway refused the SSH login.', 'login-refused');
      else fail('The gateway did not answer by SSH.', null);
    });
    client.on('close', () => fail('The gateway ended the SSH connection.', null));
    client.on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) =>
      finish(prompts.map(() => password)),
    );
    client.connect({
      host,
      port,
      username: user,
      password,
      tryKeyboard: true,
      readyTimeout: 0,
      algorithms: OLD_ALGORITHMS,
      hostVerifier: (key: Buffer) => {
        const accepted = acceptsHostKey(createHash('sha256').update(key).digest('base64'));
        state.refusedKey = !accepted;
        return accepted;
      },
    });
  });
}

/** What a shell shows, and waiting for the end of it. */
class Conversation {
  readonly #shell: ClientChannel;
  readonly #clock: Clock;
  #shown = '';
  #closed = false;
  #changed: () => void = () => undefined;

  constructor(shell: ClientChannel, clock: Clock) {
    this.#shell = shell;
    this.#clock = clock;
    shell.setEncoding('utf8');
    shell.on('data', (text: string) => {
      this.#shown = (this.#shown + text).slice(-OUTPUT_MAX);
      this.#changed();
    });
    const close = () => {
      this.#closed = true;
      this.#changed();
    };
    shell.on('close', close);
    shell.on('error', close);
  }

  type(line: string): void {
    this.#shown = '';
    this.#shell.write(`${line}\n`);
  }

  /** Resolves with the output once it ends so; with `ends`, also when the gateway ends the session. */
  until(end: RegExp, timeoutMs: number, ends = false): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = (result: () => void) => {
        cancel();
        this.#changed = () => undefined;
        result();
      };
      const cancel = this.#clock.schedule(timeoutMs, () => finish(() => reject(new Error('timeout'))));
      const look = () => {
        const output = this.#shown;
        if (end.test(output.slice(-200))) finish(() => resolve(output));
        else if (this.#closed) finish(() => (ends ? resolve(output) : reject(new Error('closed'))));
      };
      this.#changed = look;
      look();
    });
  }
}

/** The output between the line that asked for it and the next prompt. */
function withoutEcho(output: string, sent: string, until: RegExp): string {
  const lines = output.replaceAll('\r\n', '\n').split('\n');
  if (lines[0]?.trim().endsWith(sent.trim()) === true) lines.shift();
  if (until.test(lines.at(-1) ?? '')) lines.pop();
  return `${lines.join('\n')}\n`;
}
