import type { Cli } from '../faces/cli.ts';
import { applyLine, type ConfigNode, type Grammar } from '../text-config.ts';
import type { ReplaceOptions } from './replace.ts';

/** The unit behind a command line. */
export interface IosUnit {
  readonly hostname: string;
  readonly running: ConfigNode;
  readonly grammar: Grammar;
  readonly isSaved: boolean;
  refuses(): boolean;
  reboot(): void;
  settings(): ReadonlyMap<string, string>;
  show(which: 'running' | 'startup'): string;
  changed(written: readonly string[]): void;
  save(): void;
  file(url: string): Promise<string | null>;
  merge(text: string): string[];
  replace(text: string, options: ReplaceOptions): string;
  confirm(): boolean;
  revertIn(minutes: number): void;
  revertNow(): boolean;
}

type Answered = (answer: string) => Promise<string> | string;

const PAGE_LINES = 24;
const COPY = /^copy (\S+) (running-config|startup-config)$/;
const REPLACE = /^configure replace (\S+)((?: force| list)*)( revert trigger error)?(?: (?:timer|time) (\d+))?$/;

/** The command line of IOS, privileged from the start: `host#`, `host(config)#` and its modes. `?` is help at once. */
export class IosCli implements Cli {
  readonly greeting = '\n';
  readonly helpKey = true;
  pageLines: number | null = PAGE_LINES;
  over = false;
  readonly #unit: IosUnit;
  /** Modes that are open, innermost last; null outside of configuration. */
  #open: ConfigNode[] | null = null;
  /** A question, and what its answer does. */
  #asked: { readonly text: string; readonly answered: Answered } | null = null;

  constructor(unit: IosUnit) {
    this.#unit = unit;
  }

  get prompt(): string {
    if (this.#asked !== null) return this.#asked.text;
    const host = this.#unit.hostname;
    if (this.#open === null) return `${host}#`;
    return `${host}(${this.#open.at(-1)?.mode ?? 'config'})#`;
  }

  input(given: string): Promise<string> | string {
    const asked = this.#asked;
    if (asked !== null) {
      this.#asked = null;
      return asked.answered(given.trim());
    }
    const line = given.trim().replaceAll(/\s+/g, ' ');
    if (line === '' || line.startsWith('!')) return '';
    return this.#open === null ? this.#exec(line) : this.#configure(line);
  }

  #configure(line: string): string {
    const open = this.#open ?? [];
    // Control-Z comes as a character before its line end.
    if (line === 'end' || line === '\u001A') {
      this.#open = null;
      return '';
    }
    if (line === 'exit') {
      if (open.pop() === undefined) this.#open = null;
      return '';
    }
    const { grammar, running } = this.#unit;
    // A line that its mode does not know may be one of the outermost mode.
    for (const path of [open, []]) {
      const node = path.at(-1) ?? running;
      const parsed = this.#unit.refuses() ? null : grammar(node.mode ?? '', line);
      if (parsed === null) continue;
      const before = this.#unit.settings();
      const opened = applyLine(node, parsed);
      this.#open = opened === null ? path : [...path, opened];
      const changed = [...this.#unit.settings()].filter(([key, value]) => before.get(key) !== value);
      this.#unit.changed(changed.map(([key]) => key));
      return '';
    }
    return `${' '.repeat(this.prompt.length)}^\n% Invalid input detected at '^' marker.\n\n`;
  }

  #exec(line: string): Promise<string> | string {
    const unit = this.#unit;
    const copy = COPY.exec(line);
    const replace = REPLACE.exec(line);
    if (copy !== null) return this.#copy(copy[1] ?? '', copy[2] ?? '');
    if (replace !== null) {
      const [, url = '', flags = '', trigger, minutes] = replace;
      const go = () =>
        this.#replace(url, {
          revertOnError: trigger !== undefined,
          minutes: minutes === undefined ? null : Number(minutes),
        });
      return flags.includes('force')
        ? go()
        : this.#ask('Enter Y if you are sure you want to proceed. ? [no]: ', yes(go));
    }
    const terminal = /^(?:configure|conf) (?:terminal|t)(?: revert timer (\d+))?$/.exec(line);
    if (terminal !== null) {
      if (terminal[1] !== undefined) unit.revertIn(Number(terminal[1]));
      this.#open = [];
      return 'Enter configuration commands, one per line.  End with CNTL/Z.\n';
    }
    switch (line) {
      case 'show running-config':
        return unit.show('running');
      case 'show startup-config':
        return unit
          .show('startup')
          .replace(/^Building configuration...\n\nCurrent configuration : (\d+)/, 'Using $1 out of 262136');
      case 'terminal length 0':
        this.pageLines = null;
        return '';
      case 'write memory':
      case 'write':
        unit.save();
        return 'Building configuration...\n[OK]\n';
      case 'configure confirm':
        return unit.confirm() ? '' : '%No Rollback Confirmed Change pending\n\n';
      case 'configure revert now':
        return unit.revertNow() ? 'Rollback Done\n\n' : '%No Rollback Confirmed Change pending\n\n';
      case 'reload':
        return this.#reload();
      case 'exit':
      case 'logout':
        this.over = true;
        return '';
      default:
        return `${' '.repeat(this.prompt.length)}^\n% Invalid input detected at '^' marker.\n\n`;
    }
  }

  #ask(text: string, answered: Answered): string {
    this.#asked = { text, answered };
    return '';
  }

  #copy(from: string, to: string): Promise<string> | string {
    return this.#ask(`Destination filename [${to}]? `, async () => {
      if (from === 'running-config') {
        this.#unit.save();
        return 'Building configuration...\n[OK]\n';
      }
      const text = await this.#unit.file(from);
      if (text === null) return `%Error opening ${from} (No such file or directory)\n`;
      const failed = to === 'running-config' ? this.#unit.merge(text) : ['copy'];
      const errors = failed.map((one) => `${one}\n^\n% Invalid input detected at '^' marker.\n\n`).join('');
      return `${errors}${text.length} bytes copied in 0.120 secs\n`;
    });
  }

  async #replace(url: string, options: ReplaceOptions): Promise<string> {
    const text = await this.#unit.file(url);
    return text === null ? `%Error opening ${url} (No such file or directory)\n` : this.#unit.replace(text, options);
  }

  #reload(): string {
    const proceed = () =>
      this.#ask('Proceed with reload? [confirm]', (answer) => {
        if (answer !== '' && !/^y/i.test(answer)) return '';
        this.#unit.reboot();
        this.over = true;
        return '';
      });
    if (this.#unit.isSaved) return proceed();
    return this.#ask('\nSystem configuration has been modified. Save? [yes/no]: ', (answer) => {
      if (/^y/i.test(answer)) this.#unit.save();
      return proceed();
    });
  }
}

/** Does it where the answer is yes. */
function yes(go: () => Promise<string>): Answered {
  return (answer) => (/^y/i.test(answer) ? go() : '');
}
