import type { Cli } from '../faces/cli.ts';

/** What the unit does for its command line. Each returns its error, or null. */
export interface VegaShell {
  set(path: string, value: string): string | null;
  makeRow(path: string): string | null;
  purge(path: string): string | null;
  show(path: string): string;
  put(): string;
  apply(): void;
  save(): void;
  reboot(): void;
  get(url: string, options: ReadonlySet<string>): Promise<string>;
}

/** The command line of a Vega: `set`, `cp`, `purge`, `show`, `put`, `get`, `apply`, `save`, `reboot system`. */
export class VegaCli implements Cli {
  readonly greeting = 'Welcome to Vega\n';
  readonly prompt = 'admin  >';
  over = false;
  readonly #shell: VegaShell;
  /** The current path, '' at the root. */
  #path = '';

  constructor(shell: VegaShell) {
    this.#shell = shell;
  }

  async input(given: string): Promise<string> {
    const edited = this.edit(given);
    if (edited !== null) return edited === '' ? '' : `${edited}\n`;
    const [command = '', ...words] = given.trim().split(/\s+/);
    switch (command) {
      case 'show':
        return words[0] === 'config' ? this.#shell.put() : this.#shell.show(this.#absolute(words[0] ?? ''));
      case 'put':
        return this.#shell.put();
      case 'apply':
        this.#shell.apply();
        return 'Apply complete\n';
      case 'save':
        this.#shell.save();
        return 'Save complete\n';
      case 'get':
        return this.#shell.get(words[0] ?? '', new Set(words.slice(1)));
      case 'reboot':
        if (words[0] !== 'system') break;
        this.over = true;
        this.#shell.reboot();
        return '';
      case 'exit':
      case 'quit':
        this.over = true;
        return '';
      default:
    }
    return `*** ERROR: unknown command "${command}"\n`;
  }

  /** Carries out a line that a file may have; '' or its error, null where it is another command. */
  edit(given: string): string | null {
    const line = given.trim();
    if (line === '' || line.startsWith(';')) return '';
    const [, path, value] = /^set (\S+?)="([^"]*)"$/.exec(line) ?? [];
    if (path !== undefined && value !== undefined) return this.#shell.set(this.#absolute(path), value) ?? '';
    if (/^set\b/.test(line)) return '*** ERROR: set takes a path and a value in quotes';
    const [, command, list = ''] = /^(cp|purge) (\S+)$/.exec(line) ?? [];
    if (command === 'purge') return this.#shell.purge(this.#absolute(list)) ?? '';
    if (command !== 'cp') return null;
    const wanted = list === '.' ? '' : this.#absolute(list);
    const error = this.#shell.makeRow(wanted);
    if (error === null) this.#path = wanted;
    return error ?? '';
  }

  #absolute(path: string): string {
    return path.startsWith('.') ? path : `${this.#path}.${path}`;
  }
}
