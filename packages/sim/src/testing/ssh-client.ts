import { Client, type ClientChannel } from 'ssh2';

/** A shell over SSH, for tests: sends lines, and reads until a text. */
export class SshClient {
  readonly #client: Client;
  readonly #channel: ClientChannel;
  #text = '';
  #open = true;
  #wake: () => void = () => undefined;

  private constructor(client: Client, channel: ClientChannel) {
    this.#client = client;
    this.#channel = channel;
    channel.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('utf8');
      this.#wake();
    });
    const closed = () => {
      this.#open = false;
      this.#wake();
    };
    channel.on('close', closed);
    client.on('close', closed);
    client.on('error', closed);
  }

  /** Rejects where nobody answers, or the login is refused. */
  static open(host: string, port: number, login: { username: string; password: string }): Promise<SshClient> {
    const client = new Client();
    return new Promise((resolve, reject) => {
      client.on('error', reject);
      client.once('close', () => reject(new Error('closed')));
      client.on('ready', () =>
        client.shell((error, channel) => {
          if (error === undefined) resolve(new SshClient(client, channel));
          else reject(error);
        }),
      );
      client.connect({ host, port, ...login });
    });
  }

  write(text: string): void {
    this.#channel.write(text);
  }

  /** The text up to and with the first match of `end`; what came before the connection closed where it closes first. */
  async until(end: RegExp): Promise<string> {
    for (;;) {
      const match = end.exec(this.#text);
      if (match !== null) {
        const upTo = match.index + match[0].length;
        const text = this.#text.slice(0, upTo);
        this.#text = this.#text.slice(upTo);
        return text;
      }
      if (!this.#open) return this.#text;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Sends a line and reads until `end`. */
  async ask(line: string, end: RegExp): Promise<string> {
    this.write(`${line}\r`);
    return this.until(end);
  }

  get open(): boolean {
    return this.#open;
  }

  /** Waits until the other side has closed. */
  async closed(): Promise<void> {
    while (this.#open) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#client.end();
  }
}
