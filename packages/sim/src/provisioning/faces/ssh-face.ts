import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2';
import type { Cli } from './cli.ts';
import { CliTerminal } from './cli-terminal.ts';
import type { Login } from './digest.ts';
import type { LinkState } from './line-faults.ts';

/** What the unit behind an SSH server is asked for. */
export interface SshHost {
  /** Whether nobody answers at present. */
  down(): boolean;
  login(): Login;
  /** For each new session. */
  link(): LinkState;
  openCli(): Cli;
  /** The link of a session was cut by a lost power. */
  losePower(): void;
}

/** Host keys are made at the first start and serve all units of this process: making one for each costs seconds. */
let hostKey: string | null = null;

/** Firmware of these units is older than Curve25519, ChaCha20 and GCM. */
const ALGORITHMS = {
  kex: ['ecdh-sha2-nistp256', 'diffie-hellman-group14-sha1'],
  cipher: ['aes128-ctr', 'aes256-ctr', 'aes128-cbc'],
} satisfies ssh2.Algorithms;

/** A unit's SSH server: password login, one shell a session, no commands by `exec`, as on these units. */
export class SshFace {
  readonly #host: SshHost;
  readonly #sockets = new Set<Socket>();
  readonly #tcp: TcpServer;

  constructor(host: SshHost) {
    this.#host = host;
    hostKey ??= ssh2.utils.generateKeyPairSync('ed25519').private;
    const server = new ssh2.Server({ hostKeys: [hostKey], algorithms: ALGORITHMS }, (client) => this.#welcome(client));
    this.#tcp = createServer((socket) => {
      if (host.down()) {
        socket.destroy();
        return;
      }
      // Held back segments and late acknowledgements would cost 40 ms for each line.
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
      server.injectSocket(socket);
    });
  }

  async listen(port: number, address: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#tcp.once('error', reject);
      this.#tcp.listen(port, address, resolve);
    });
    return (this.#tcp.address() as AddressInfo).port;
  }

  /** Ends every session at once, without a word. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    if (this.#tcp.listening) await new Promise<void>((resolve) => this.#tcp.close(() => resolve()));
  }

  #welcome(client: Connection): void {
    client.on('error', () => undefined);
    client.on('authentication', (context) => this.#check(context));
    client.on('ready', () =>
      client.on('session', (accept) => {
        const session = accept();
        let echo = false;
        session.on('pty', (acceptPty) => {
          echo = true;
          acceptPty();
        });
        session.on('window-change', (acceptChange) => acceptChange?.());
        session.on('shell', (acceptShell) => this.#serve(client, acceptShell(), echo));
      }),
    );
  }

  #check(context: AuthContext): void {
    const { username, password } = this.#host.login();
    if (context.method === 'password' && context.username === username && context.password === password) {
      context.accept();
    } else context.reject(['password']);
  }

  #serve(client: Connection, channel: ServerChannel, echo: boolean): void {
    const link = this.#host.link();
    const cut = () => {
      if (link.losesPower) this.#host.losePower();
      else this.drop();
    };
    // What a line of input makes goes out together, as TCP would send it.
    let pending = '';
    const flush = () => {
      if (pending !== '') channel.write(pending);
      pending = '';
    };
    const terminal = new CliTerminal(this.#host.openCli(), {
      echo,
      write: (text) => {
        if (pending === '') setImmediate(flush);
        pending += text;
      },
      delayMs: link.delayMs,
      end: () => {
        flush();
        channel.exit(0);
        channel.end();
        client.end();
      },
      lost: () => this.drop(),
    });
    let bytes = 0;
    channel.on('data', (chunk: Buffer) => {
      const left = link.cutAtByte - bytes;
      bytes += chunk.length;
      const all = terminal.feed(chunk.subarray(0, Math.max(0, left)).toString('utf8'));
      if (chunk.length > left) void all.then(cut);
    });
    channel.on('error', () => undefined);
    void terminal.start();
  }
}
