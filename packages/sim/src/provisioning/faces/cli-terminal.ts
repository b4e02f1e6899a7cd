import { setTimeout as delay } from 'node:timers/promises';
import type { Cli } from './cli.ts';

/** The connection around a command line. */
export interface Terminal {
  /** Whether what is typed is sent back, as with a terminal. */
  readonly echo: boolean;
  readonly delayMs: number;
  write(text: string): void;
  /** The unit ends the session. */
  end(): void;
  /** The unit is gone. */
  lost(): void;
}

const MORE = ' --More-- ';

/** Turns characters into lines for a command line, and its answers into output with echo, pages and prompts. */
export class CliTerminal {
  readonly #cli: Cli;
  readonly #terminal: Terminal;
  #line = '';
  #afterReturn = false;
  /** Output that waits for a key. */
  #waiting: string[] = [];
  #work: Promise<void> = Promise.resolve();

  constructor(cli: Cli, terminal: Terminal) {
    this.#cli = cli;
    this.#terminal = terminal;
  }

  start(): Promise<void> {
    return this.#then(() => {
      this.#write(this.#cli.greeting);
      this.#prompt();
    });
  }

  /** Takes characters, in their order; resolves once they have been acted on. */
  feed(text: string): Promise<void> {
    return this.#then(async () => {
      for (const character of text) await this.#key(character);
    });
  }

  #then(work: () => void | Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      try {
        if (!this.#cli.over) await work();
      } catch {
        // The power went, or the connection.
        this.#terminal.lost();
      }
    });
    return this.#work;
  }

  async #key(character: string): Promise<void> {
    if (this.#waiting.length > 0) {
      this.#turnPage(character);
      return;
    }
    const isFeed = character === '\n';
    if (isFeed && this.#afterReturn) {
      this.#afterReturn = false;
      return;
    }
    this.#afterReturn = character === '\r';
    if (isFeed || character === '\r') {
      if (this.#terminal.echo) this.#write('\n');
      await this.#enter();
    } else if (character === '\u007F' || character === '\b') {
      this.#line = this.#line.slice(0, -1);
    } else if (character === '?' && this.#cli.helpKey === true) {
      this.#write(`?\n% Unrecognized command\n${this.#cli.prompt}${this.#line}`);
    } else {
      this.#line += character;
      if (this.#terminal.echo) this.#write(character);
    }
  }

  async #enter(): Promise<void> {
    const line = this.#line;
    this.#line = '';
    if (this.#terminal.delayMs > 0) await delay(this.#terminal.delayMs);
    const answer = await this.#cli.input(line);
    const { pageLines } = this.#cli;
    const lines = answer.split(/(?<=\n)/);
    if (pageLines !== undefined && pageLines !== null && lines.length > pageLines) {
      this.#write(lines.slice(0, pageLines).join('') + MORE);
      this.#waiting = lines.slice(pageLines);
      return;
    }
    this.#write(answer);
    this.#prompt();
  }

  #turnPage(key: string): void {
    const count = key === 'q' ? 0 : key === ' ' ? (this.#cli.pageLines ?? 24) : 1;
    this.#write('\b'.repeat(MORE.length) + ' '.repeat(MORE.length) + '\b'.repeat(MORE.length));
    this.#write(this.#waiting.splice(0, count).join(''));
    if (count === 0) this.#waiting = [];
    if (this.#waiting.length > 0) this.#write(MORE);
    else this.#prompt();
  }

  #prompt(): void {
    if (this.#cli.over) this.#terminal.end();
    else this.#write(this.#cli.prompt);
  }

  #write(text: string): void {
    if (text !== '') this.#terminal.write(text.replaceAll('\n', '\r\n'));
  }
}
