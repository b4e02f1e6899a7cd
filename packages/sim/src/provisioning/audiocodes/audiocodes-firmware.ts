import { dialAudioCodes } from '../dialling/audiocodes-map.ts';
import type { DialResult } from '../dialling/dial-result.ts';
import type { Cli } from '../faces/cli.ts';
import type { HttpHandler } from '../faces/http-face.ts';
import { ConfigRefused, spoilt, type Box, type Firmware, type LineSetup } from '../firmware.ts';
import { AutoUpdate } from './auto-update.ts';
import { audioCodesLines } from './audiocodes-lines.ts';
import { flattened, IniCodec, type IniDialect, type IniState } from './ini-store.ts';
import { MediaPackCli } from './mediapack-cli.ts';
import { restFace } from './rest-face.ts';

/**
 * MediaPack of release 6.6, by SSH, and Mediant of release 7.x, by REST. What is written runs at once, but is saved only
 * by `SCN` or `saveConfiguration`, a full file and an automatic update; parameters that need a reset act after one.
 * Names that it does not know are passed over without a word; a table with a wrong FORMAT makes the whole load fail.
 */
export class AudioCodesFirmware implements Firmware {
  readonly openCli?: () => Cli;
  readonly http?: HttpHandler;
  readonly #box: Box;
  readonly #codec: IniCodec;
  readonly #autoUpdate: AutoUpdate;
  #saved: IniState;
  #running: IniState;
  /** The running state when it started: parameters that need a reset still act with these values. */
  #booted: IniState;

  constructor(box: Box) {
    const { model, firmware } = box.unit;
    const isMediaPack = model.startsWith('MP-');
    const dialect: IniDialect = isMediaPack ? '6' : Number.parseFloat(firmware) >= 7.4 ? '7.4' : '7.0';
    this.#box = box;
    this.#codec = new IniCodec(dialect);
    this.#saved = this.#codec.factory();
    this.#running = this.#saved;
    this.#booted = this.#saved;
    this.#autoUpdate = new AutoUpdate(
      box,
      (name) => this.#get(name),
      (text) => this.#updated(text),
    );
    const unit = {
      busy: () => box.refuses(),
      read: () => this.#codec.write(this.#running, this.#header()),
      load: (text: string, full: boolean) => this.#load(text, full),
      save: () => this.#save(),
      reset: () => box.reboot(),
    };
    if (isMediaPack) {
      this.openCli = () =>
        new MediaPackCli({
          ...unit,
          write: (text) => this.#load(text, false) ?? 'INI File replaced.\n',
          restoreFactory: () => {
            this.#saved = this.#codec.factory();
          },
        });
    } else this.http = restFace(unit);
  }

  settings(): ReadonlyMap<string, string> {
    return flattened(this.#codec, this.#running);
  }

  lines(): LineSetup[] {
    return audioCodesLines(this.#running, this.#booted, this.#box.unit.fxs);
  }

  preset(text: string): void {
    this.#saved = this.#codec.apply(this.#saved, this.#codec.read(text), true);
  }

  powerUp(): void {
    this.#running = this.#saved;
    this.#booted = this.#saved;
    this.#autoUpdate.powerUp();
  }

  async started(): Promise<void> {
    await this.#autoUpdate.poll();
  }

  tick(): void {
    this.#autoUpdate.tick();
  }

  notified(event: string): void {
    if (this.#get('EnableSIPRemoteReset') !== '1' || !event.startsWith('check-sync')) return;
    if (/;\s*reboot=false/.test(event)) this.#box.background(() => this.#autoUpdate.poll());
    else this.#box.reboot();
  }

  dial(line: LineSetup, digits: string): DialResult {
    return dialAudioCodes(line.digitMap ?? '', digits, Number(this.#get('MaxDigits')));
  }

  #get(name: string): string {
    return this.#running.parameters.get(name.toLowerCase()) ?? '';
  }

  #header(): string[] {
    const { model, serial, firmware, address, mac } = this.#box.unit;
    return [
      `Board: ${model}`,
      `Serial Number: ${serial}`,
      `Software Version: ${firmware}`,
      `Board IP Address: ${address}`,
      `MAC Address: ${mac}`,
    ];
  }

  /** Loads a file; returns why it was refused. A full one is saved, too. */
  #load(text: string, full: boolean): string | null {
    this.#box.reach('parse');
    if (this.#box.refuses()) return 'The configuration is locked.\n';
    const refused = this.#run(text, full);
    if (refused !== null) return refused;
    if (full) this.#save();
    return null;
  }

  /** Makes a file the running configuration. */
  #run(text: string, full: boolean): string | null {
    let next: IniState;
    try {
      next = this.#codec.apply(this.#running, this.#codec.read(text), full);
    } catch (error) {
      if (error instanceof ConfigRefused) return `INI file error: ${error.message}\n`;
      throw error;
    }
    this.#running = this.#spoiled(next);
    this.#box.applied();
    return null;
  }

  /** An ini file that came by itself: it runs, is saved, and resets the unit where it says so. */
  #updated(text: string): void {
    this.#box.reach('parse');
    if (this.#box.refuses() || this.#run(text, false) !== null) return;
    this.#save();
    if (/^\s*ResetNow\s*=\s*1\s*$/im.test(text)) this.#box.reboot();
  }

  #save(): void {
    this.#box.reach('write');
    this.#saved = this.#running;
  }

  #spoiled(next: IniState): IniState {
    const before = flattened(this.#codec, this.#running);
    const after = flattened(this.#codec, next);
    const key = this.#box.keyToSpoil(
      [...after].filter(([name, value]) => before.get(name) !== value).map(([name]) => name),
    );
    if (key === null) return next;
    const value = spoilt(after.get(key) ?? '');
    const [, table = '', index = '', column = ''] = /^(\w+)\[(\d+)\]\.(\w+)$/.exec(key) ?? [];
    if (table === '') return { ...next, parameters: new Map(next.parameters).set(key.toLowerCase(), value) };
    const rows = next.tables.get(table.toLowerCase()) ?? new Map<number, ReadonlyMap<string, string>>();
    const row = new Map(rows.get(Number(index))).set(column, value);
    return { ...next, tables: new Map(next.tables).set(table.toLowerCase(), new Map(rows).set(Number(index), row)) };
  }
}
