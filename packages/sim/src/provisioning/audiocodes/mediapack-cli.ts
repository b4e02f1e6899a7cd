import type { Cli } from '../faces/cli.ts';

export interface MediaPackShell {
  /** The whole configuration. */
  read(): string;
  /** Takes lines of an ini file; the unit's answer. */
  write(text: string): string;
  save(): void;
  reset(): void;
  restoreFactory(): void;
}

/**
 * The command shell of release 6.6, over SSH: `/>`, then `conf` to `/CONFiguration>`, with `cf get`, `cf set` up to a
 * line with a single dot, `SCN` (save), `RSD` (reset) and `RFS` (factory settings). Case does not matter.
 */
export class MediaPackCli implements Cli {
  readonly greeting = '\n';
  prompt = '/>';
  over = false;
  readonly #shell: MediaPackShell;
  #lines: string[] | null = null;

  constructor(shell: MediaPackShell) {
    this.#shell = shell;
  }

  input(line: string): string {
    if (this.#lines !== null) return this.#collect(line);
    const command = line.trim().replaceAll(/\s+/g, ' ').toLowerCase();
    const inside = this.prompt === '/CONFiguration>';
    switch (command) {
      case '':
        return '';
      case 'exit':
      case 'quit':
        this.over = true;
        return '';
      case '..':
      case '/':
        this.prompt = '/>';
        return '';
      case 'conf':
      case 'configuration':
        this.prompt = '/CONFiguration>';
        return 'SIP/ SECurity/ NETwork/ TPApp/ CF AutoUPDate SaveAndReset RestoreFactorySettings\n';
      case 'scn':
        this.#shell.save();
        return 'Configuration saved.\n';
      case 'rsd':
        this.over = true;
        this.#shell.reset();
        return 'Resetting.\n';
      case 'rfs':
        this.#shell.restoreFactory();
        return 'Factory settings restored.\n';
      default:
    }
    if (inside && command === 'cf get') return this.#shell.read();
    if (inside && command === 'cf set') {
      this.#lines = [];
      this.prompt = '';
      return 'Enter data below. Type a period (.) on an empty line to finish.\n';
    }
    return 'Invalid command.\n';
  }

  #collect(line: string): string {
    const lines = this.#lines ?? [];
    if (line.trim() !== '.') {
      lines.push(line);
      return '';
    }
    this.#lines = null;
    this.prompt = '/CONFiguration>';
    return this.#shell.write(lines.map((one) => `${one}\r\n`).join(''));
  }
}
