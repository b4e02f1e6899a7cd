import type { Cli } from '../faces/cli.ts';
import { ConfigRefused, spoilt, type Box, type Firmware, type LineSetup } from '../firmware.ts';
import { findNode, flattenedConfig, type ConfigNode, type Grammar } from '../text-config.ts';
import { PattonCli } from './patton-cli.ts';
import { factorySmartWare, printSmartWare, runFile, smartWareLines, takeLine } from './smartware-config.ts';
import { smartWareGrammar } from './smartware-grammar.ts';

/**
 * Patton SmartNode with SmartWare. Lines run at once and are lost at a reload unless they are copied to startup-config. A
 * file that is copied there is stored as it came, replaces everything, and is read at the next start, when lines that it
 * does not know are left out.
 */
export class PattonFirmware implements Firmware {
  readonly #box: Box;
  readonly #grammar: Grammar;
  #startup: string;
  #running: ConfigNode;
  #reloadsWhenIdle = false;

  constructor(box: Box) {
    const { fxs } = box.unit;
    this.#box = box;
    this.#grammar = smartWareGrammar(fxs);
    this.#running = factorySmartWare(fxs);
    this.#startup = printSmartWare(this.#running);
  }

  settings(): ReadonlyMap<string, string> {
    return flattenedConfig(this.#running);
  }

  lines(): LineSetup[] {
    return smartWareLines(this.#running, this.#box.unit.fxs);
  }

  preset(text: string): void {
    const [failed] = runFile(factorySmartWare(this.#box.unit.fxs), text, this.#grammar);
    if (failed !== undefined) throw new ConfigRefused(`"${failed}" is no command`);
    this.#startup = text;
  }

  powerUp(): void {
    this.#running = factorySmartWare(this.#box.unit.fxs);
    runFile(this.#running, this.#startup, this.#grammar);
    this.#reloadsWhenIdle = false;
  }

  tick(): void {
    if (this.#reloadsWhenIdle && this.#box.idle()) this.#box.reboot();
  }

  openCli(): Cli {
    return new PattonCli(this.#shell());
  }

  #shell() {
    const { unit } = this.#box;
    const isSaved = () => {
      const stored = factorySmartWare(unit.fxs);
      runFile(stored, this.#startup, this.#grammar);
      return printSmartWare(stored) === printSmartWare(this.#running);
    };
    return {
      name: unit.model.replace(/\/.*/, ''),
      get isSaved() {
        return isSaved();
      },
      show: (which: 'running' | 'startup') =>
        which === 'running' ? this.#header() + printSmartWare(this.#running) : this.#startup,
      take: (open: readonly ConfigNode[], line: string) => this.#take(open, line),
      saveRunning: () => this.#store(printSmartWare(this.#running)),
      fetchStartup: (url: string) => this.#fetch(url),
      execute: (profile: string) => this.#execute(profile),
      reload: () => this.#box.reboot(),
    };
  }

  #header(): string {
    const { model, serial, firmware } = this.#box.unit;
    return `#----------------------------------------------------------------#\n# ${model}  ${firmware}  ${serial}\n#----------------------------------------------------------------#\n`;
  }

  #take(open: readonly ConfigNode[], line: string): ConfigNode[] | null {
    if (this.#box.refuses()) return null;
    const before = this.settings();
    const next = takeLine(this.#running, open, line, this.#grammar);
    if (next === null) return null;
    const changed = [...this.settings()].filter(([key, value]) => before.get(key) !== value).map(([key]) => key);
    const key = this.#box.keyToSpoil(changed);
    const node = key === null || !changed.includes(key) ? undefined : findNode(this.#running, key.split(' > '));
    if (node !== undefined) {
      const words = node.line.split(' ');
      node.line = [...words.slice(0, -1), spoilt(words.at(-1) ?? '')].join(' ');
    }
    this.#box.applied();
    return next;
  }

  #store(text: string): void {
    this.#box.reach('write');
    this.#startup = text;
  }

  async #fetch(url: string): Promise<boolean> {
    const { model, serial, firmware } = this.#box.unit;
    const userAgent = `SmartNode (Model:${model}; Serial:${serial}; Software Version:${firmware})`;
    const pulled = await this.#box.pull(url, { userAgent });
    if (pulled.status !== 200 || this.#box.refuses()) return false;
    this.#store(pulled.body);
    return true;
  }

  /** Runs a provisioning profile: the first location that answers becomes the startup-config, and the unit reloads. */
  async #execute(name: string): Promise<string> {
    const profile = findNode(this.#running, [`profile provisioning ${name}`]);
    const locations = profile?.children.flatMap(({ line }) => /^location \d+ (\S+)$/.exec(line)?.[1] ?? []) ?? [];
    for (const location of locations) {
      if (!(await this.#fetch(location.replaceAll('$(system.mac)', this.#box.unit.mac)))) continue;
      if (profile?.children.some(({ line }) => line === 'activation reload graceful') === true)
        this.#reloadsWhenIdle = true;
      else this.#box.reboot();
      return '';
    }
    return '% Provisioning failed.\n';
  }
}
