import type { Cli } from '../faces/cli.ts';
import type { ConfigNode } from '../text-config.ts';

/** What the unit does for its command line. */
export interface PattonShell {
  readonly name: string;
  readonly isSaved: boolean;
  show(which: 'running' | 'startup'): string;
  /** Takes a line; the modes that are then open, or null. */
  take(open: readonly ConfigNode[], line: string): ConfigNode[] | null;
  saveRunning(): void;
  /** Stores a file as startup-config; false where it cannot be had. */
  fetchStartup(url: string): Promise<boolean>;
  execute(profile: string): Promise<string>;
  reload(): void;
}

/** SmartWare's command line: `name>`, after `enable` `name#`, after `configure` `name(cfg)#` and its modes. */
export class PattonCli implements Cli {
  readonly greeting = '\n';
  over = false;
  readonly #shell: PattonShell;
  #enabled = false;
  /** Modes that are open, innermost last; null outside of configuration. */
  #open: ConfigNode[] | null = null;
  #asked: 'save' | 'restart' | null = null;

  constructor(shell: PattonShell) {
    this.#shell = shell;
  }

  get prompt(): string {
    if (this.#asked === 'save') return 'Copy the running-config to the startup-config? (yes/no) ';
    if (this.#asked === 'restart') return "Press 'yes' to restart, 'no' to cancel : ";
    const { name } = this.#shell;
    if (this.#open === null) return `${name}${this.#enabled ? '#' : '>'}`;
    const inner = this.#open.at(-1);
    return inner === undefined ? `${name}(cfg)#` : `${name}(${inner.mode})[${inner.line.split(' ').at(-1)}]#`;
  }

  input(given: string): Promise<string> | string {
    const line = given.trim();
    if (this.#asked !== null) return this.#answered(line);
    if (line === '' || line.startsWith('#')) return '';
    if (line === 'exit') return this.#exit();
    if (line === 'show running-config') return this.#shell.show('running');
    if (line === 'show startup-config') return this.#shell.show('startup');
    if (!this.#enabled) {
      if (line !== 'enable') return invalid(line);
      this.#enabled = true;
      return '';
    }
    const copied = /^copy (\S+) startup-config$/.exec(line)?.[1];
    if (copied === 'running-config') {
      this.#shell.saveRunning();
      return '';
    }
    if (copied !== undefined) return this.#copy(copied);
    if (line === 'reload') {
      this.#asked = this.#shell.isSaved ? 'restart' : 'save';
      return this.#asked === 'save' ? 'Running configuration has been changed.\n' : '';
    }
    const profile = /^provisioning execute (\S+)$/.exec(line)?.[1];
    if (profile !== undefined) return this.#shell.execute(profile);
    if (this.#open === null) {
      if (line !== 'configure') return invalid(line);
      this.#open = [];
      return '';
    }
    const open = this.#shell.take(this.#open, line);
    if (open === null) return invalid(line);
    this.#open = open;
    return '';
  }

  async #copy(url: string): Promise<string> {
    return (await this.#shell.fetchStartup(url)) ? 'Download...100%\n' : '% Transfer failed.\n';
  }

  #answered(answer: string): string {
    if (this.#asked === 'save') {
      if (answer === 'yes') this.#shell.saveRunning();
      this.#asked = 'restart';
      return '';
    }
    this.#asked = null;
    if (answer !== 'yes') return '';
    this.over = true;
    this.#shell.reload();
    return '';
  }

  #exit(): string {
    if (this.#open === null) this.over = true;
    else if (this.#open.length === 0) this.#open = null;
    else this.#open = this.#open.slice(0, -1);
    return '';
  }
}

const invalid = (line: string) => `% Invalid command "${line}".\n`;
