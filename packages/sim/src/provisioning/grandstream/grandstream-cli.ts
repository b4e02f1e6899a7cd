import type { Cli } from '../faces/cli.ts';

export interface GrandstreamShell {
  readonly model: string;
  exported(): string;
  reboot(): void;
}

/** The SSH command line: `GS> ` with `config`, then `CONFIG> ` with `export`. Nothing can be set by it here. */
export class GrandstreamCli implements Cli {
  readonly greeting: string;
  prompt = 'GS> ';
  over = false;
  readonly #shell: GrandstreamShell;

  constructor(shell: GrandstreamShell) {
    this.#shell = shell;
    this.greeting = `Grandstream ${shell.model} Command Shell Copyright 2006-2022\n`;
  }

  input(line: string): string {
    const command = line.trim();
    const inside = this.prompt === 'CONFIG> ';
    if (command === '') return '';
    if (command === 'exit') {
      if (inside) this.prompt = 'GS> ';
      else this.over = true;
      return '';
    }
    if (inside && command === 'export') return this.#shell.exported();
    if (!inside && command === 'config') {
      this.prompt = 'CONFIG> ';
      return '';
    }
    if (!inside && command === 'reboot') {
      this.over = true;
      this.#shell.reboot();
      return 'Rebooting\n';
    }
    return `${command}: command not found\n`;
  }
}
