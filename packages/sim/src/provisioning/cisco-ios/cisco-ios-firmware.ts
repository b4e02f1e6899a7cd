import type { Cli } from '../faces/cli.ts';
import { ConfigRefused, spoilt, type Box, type Firmware, type LineSetup } from '../firmware.ts';
import { findNode, flattenedConfig, type ConfigNode, type Grammar } from '../text-config.ts';
import { factoryConfig, iosLines, mergeFile, showConfig, voicePortsOf } from './ios-config.ts';
import { iosGrammar } from './ios-grammar.ts';
import { IosCli, type IosUnit } from './ios-cli.ts';
import { replaceConfig, type ReplaceOptions } from './replace.ts';

/**
 * Cisco IOS with analogue voice ports. Lines run at once, line by line; `write memory` saves them. `configure replace`
 * with a timer goes back by itself unless `configure confirm` comes in time.
 */
export class CiscoIosFirmware implements Firmware, IosUnit {
  readonly #box: Box;
  readonly grammar: Grammar;
  readonly #voicePorts: readonly string[];
  #saved: ConfigNode;
  #running: ConfigNode;
  /** What it goes back to, and when. */
  #revert: { readonly to: ConfigNode; readonly at: number } | null = null;

  constructor(box: Box) {
    const { model, fxs } = box.unit;
    this.#box = box;
    this.#voicePorts = voicePortsOf(model, fxs);
    this.grammar = iosGrammar(new Set(this.#voicePorts));
    this.#saved = factoryConfig(this.#voicePorts);
    this.#running = structuredClone(this.#saved);
  }

  settings(): ReadonlyMap<string, string> {
    return flattenedConfig(this.#running);
  }

  lines(): LineSetup[] {
    return iosLines(this.#running, this.#voicePorts);
  }

  preset(text: string): void {
    const [failed] = mergeFile(this.#saved, text, this.grammar);
    if (failed !== undefined) throw new ConfigRefused(`"${failed}" is no command`);
  }

  powerUp(): void {
    this.#running = structuredClone(this.#saved);
    this.#revert = null;
  }

  tick(): void {
    if (this.#revert === null || this.#box.now() < this.#revert.at) return;
    this.#running = this.#revert.to;
    this.#revert = null;
    this.#box.applied();
  }

  openCli(): Cli {
    return new IosCli(this);
  }

  refuses(): boolean {
    return this.#box.refuses();
  }

  reboot(): void {
    this.#box.reboot();
  }

  get running(): ConfigNode {
    return this.#running;
  }

  get hostname(): string {
    return findNode(this.#running, ['hostname'])?.line.slice(9) ?? 'Router';
  }

  show(which: 'running' | 'startup'): string {
    const config = which === 'running' ? this.#running : this.#saved;
    return showConfig(config, new Date(this.#box.now()), this.#box.unit.firmware);
  }

  get isSaved(): boolean {
    return this.show('running') === this.show('startup');
  }

  /** After lines of the running configuration changed. */
  changed(written: readonly string[]): void {
    this.#spoil(written);
    this.#box.applied();
  }

  save(): void {
    this.#box.reach('write');
    this.#saved = structuredClone(this.#running);
  }

  /** Gets a file for `copy` and `configure replace`; null where it cannot be had. */
  async file(url: string): Promise<string | null> {
    if (url === 'nvram:startup-config' || url === 'startup-config') return this.show('startup');
    const pulled = await this.#box.pull(url, { userAgent: 'cisco-IOS' });
    return pulled.status === 200 ? pulled.body : null;
  }

  /** Merges a file into the running configuration; returns the lines that failed. */
  merge(text: string): string[] {
    this.#box.reach('parse');
    if (this.#box.refuses()) return text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const before = this.settings();
    const failed = mergeFile(this.#running, text, this.grammar);
    this.changed([...this.settings()].filter(([key, value]) => before.get(key) !== value).map(([key]) => key));
    return failed;
  }

  replace(text: string, options: ReplaceOptions): string {
    this.#box.reach('parse');
    const fresh = factoryConfig(this.#voicePorts);
    const failed = this.#box.refuses() ? ['configure'] : mergeFile(fresh, text, this.grammar);
    const { next, output, revertAt } = replaceConfig(this.#running, fresh, failed, options, this.#box.now());
    const before = this.#running;
    if (revertAt !== null) this.#revert = { to: structuredClone(before), at: revertAt };
    if (next !== before) {
      this.#running = next;
      this.changed([...this.settings().keys()]);
    }
    return output;
  }

  /** `configure confirm`: whether a change waited for it. */
  confirm(): boolean {
    const waited = this.#revert !== null;
    this.#revert = null;
    return waited;
  }

  /** `configure terminal revert timer`: goes back to the configuration of now, unless it is confirmed. */
  revertIn(minutes: number): void {
    this.#revert = { to: structuredClone(this.#running), at: this.#box.now() + minutes * 60_000 };
  }

  /** `configure revert now`. */
  revertNow(): boolean {
    if (this.#revert === null) return false;
    this.#revert = { ...this.#revert, at: 0 };
    this.tick();
    return true;
  }

  #spoil(written: readonly string[]): void {
    const key = this.#box.keyToSpoil(written);
    const node = key === null ? undefined : findNode(this.#running, key.split(' > '));
    if (node === undefined) return;
    const words = node.line.split(' ');
    node.line = [...words.slice(0, -1), spoilt(words.at(-1) ?? '')].join(' ');
  }
}
