import type { Cli } from '../faces/cli.ts';
import { ConfigRefused, spoilt, type Box, type Firmware, type LineSetup } from '../firmware.ts';
import { VegaCli } from './vega-cli.ts';
import { factoryPaths, isList, isRow, newRow, rowOf, usualValue } from './vega-paths.ts';

const VALUE_LENGTH_MAX = 255;

/**
 * Sangoma Vega. `set` writes to the configuration in memory, `apply` makes the lines act by it, `save` keeps it: what was
 * not saved is gone after a restart, applied or not. A row has to be made by `cp` before its values can be set.
 */
export class VegaFirmware implements Firmware {
  readonly #box: Box;
  #saved: Map<string, string>;
  #running: Map<string, string>;
  #active: ReadonlyMap<string, string>;
  /** Something waits for idle lines to restart. */
  #restartsWhenIdle = false;

  constructor(box: Box) {
    this.#box = box;
    this.#saved = factoryPaths(box.unit.fxs);
    this.#running = new Map(this.#saved);
    this.#active = this.#running;
  }

  settings(): ReadonlyMap<string, string> {
    return this.#running;
  }

  lines(): LineSetup[] {
    const get = (path: string) => this.#active.get(path) ?? '';
    return Array.from({ length: this.#box.unit.fxs }, (_, index) => {
      const port = `.pots.port.${index + 1}`;
      const profile = `.pots.profile.${get(`${port}.if.1.profile`)}`;
      return {
        enabled: get(`${port}.enable`) === '1',
        account: this.#accountOf(port),
        digitMap: null,
        callerId: get(`${port}.callerid`) === 'on' ? get(`${profile}.callerid_type`) : 'off',
        impedance: get(`${profile}.impedance`),
        ringCadence: get(`._advanced.pots.ring.${get(`${port}.if.1.ring_index`)}.ring1_on`),
      };
    });
  }

  preset(text: string): void {
    const cli = this.openCli() as VegaCli;
    for (const line of text.split(/\r?\n/)) {
      const error = cli.edit(line);
      if (error !== null && error.startsWith('***')) throw new ConfigRefused(error.trim());
    }
    this.#saved = new Map(this.#running);
  }

  powerUp(): void {
    this.#running = new Map(this.#saved);
    this.#active = new Map(this.#saved);
    this.#restartsWhenIdle = false;
  }

  tick(): void {
    if (this.#restartsWhenIdle && this.#box.idle()) this.#box.reboot();
  }

  openCli(): Cli {
    return new VegaCli({
      set: (path, value) => this.#set(path, value),
      makeRow: (path) => this.#makeRow(path),
      purge: (path) => this.#purge(path),
      show: (path) => this.#show(path),
      put: () => this.#put(),
      apply: () => this.#apply(),
      save: () => this.#save(),
      reboot: () => this.#box.reboot(),
      get: (url, options) => this.#get(url, options),
    });
  }

  /** The reg user of a port by its user name, with the auth user that it names. */
  #accountOf(port: string): LineSetup['account'] {
    const get = (path: string) => this.#active.get(path) ?? '';
    const username = get(`${port}.if.1.username`);
    const user = [...this.#active.keys()]
      .flatMap((path) => /^(\.sip\.reg\.user\.\d+)\.username$/.exec(path)?.[1] ?? [])
      .find((row) => username !== '' && get(`${row}.username`) === username && get(`${row}.enable`) === '1');
    if (user === undefined || get('.sip.reg_enable') !== '1') return null;
    const profile = `.sip.profile.${get(`${user}.sip_profile`)}`;
    const host = get(`${profile}.registrar.1.enable`) === '1' ? get(`${profile}.registrar.1.ipname`) : '';
    const auth = `.sip.auth.user.${get(`${user}.auth_user_index`)}`;
    const isOn = get(`${auth}.enable`) === '1';
    if (host === '') return null;
    return {
      host,
      user: username,
      authUser: isOn ? get(`${auth}.username`) : username,
      password: isOn ? get(`${auth}.password`) : '',
    };
  }

  #set(path: string, value: string): string | null {
    if (this.#box.refuses()) return '*** ERROR: configuration is locked';
    if (usualValue(path) === null) return `*** ERROR: ${path} is not a known parameter`;
    const row = rowOf(path);
    if (row !== null && !this.#running.has(path)) return `*** ERROR: ${row} does not exist`;
    if (value.length > VALUE_LENGTH_MAX) return `*** ERROR: value of ${path} is too long`;
    const spoils = this.#box.keyToSpoil([path]) === path;
    this.#running.set(path, spoils ? spoilt(value) : value);
    if (this.#running.get('._advanced.auto_apply') === '1') this.#apply();
    return null;
  }

  #makeRow(path: string): string | null {
    if (path === '' || [...this.#running.keys()].some((known) => known.startsWith(`${path}.`))) return null;
    if (!isRow(path)) return `*** ERROR: ${path} does not exist`;
    const above = path.replace(/\.[a-z_]+\.\d+$/i, '');
    if (isRow(above) && !this.#running.has(newRow(above)[0]?.[0] ?? '')) return `*** ERROR: ${above} does not exist`;
    for (const [leaf, value] of newRow(path)) this.#running.set(leaf, value);
    return null;
  }

  #purge(path: string): string | null {
    if (this.#box.refuses()) return '*** ERROR: configuration is locked';
    if (!isList(path)) return `*** ERROR: ${path} is not a list`;
    for (const known of this.#running.keys()) if (known.startsWith(`${path}.`)) this.#running.delete(known);
    return null;
  }

  #apply(): void {
    this.#active = new Map(this.#running);
    this.#box.applied();
  }

  #save(): void {
    this.#box.reach('write');
    this.#saved = new Map(this.#running);
  }

  #show(path: string): string {
    const found = [...this.#running].filter(([known]) => known === path || known.startsWith(`${path}.`));
    return found.length === 0
      ? `*** ERROR: ${path} does not exist\n`
      : found.map(([known, value]) => `${known}="${value}"\n`).join('');
  }

  /** Every value, with the rows in the form in which a unit takes them back. */
  #put(): string {
    const lines = [';<all>', `; CONFIGVERSION:${this.#box.unit.model}:${new Date(this.#box.now()).toISOString()}`];
    let row: string | null = null;
    for (const [path, value] of this.#running) {
      const own = rowOf(path);
      if (own !== row && own !== null) lines.push(`${indentOf(own)}cp ${own}`);
      row = own;
      lines.push(`${indentOf(path)}set ${path}="${value}"`);
    }
    return `${lines.join('\n')}\n cp .\n;PUT completed\n; PUT end\n`;
  }

  /** Gets a file of lines; with `ifdiff` it is taken only where it would change something. */
  async #get(url: string, options: ReadonlySet<string>): Promise<string> {
    const { mac } = this.#box.unit;
    const pulled = await this.#box.pull(url.replaceAll('%m', mac));
    if (pulled.status !== 200) return '*** ERROR: file not found\n';
    this.#box.reach('parse');
    const before = this.#put();
    const cli = this.openCli() as VegaCli;
    const errors = pulled.body.split(/\r?\n/).flatMap((line) => cli.edit(line) ?? []);
    const changed = this.#put() !== before;
    if (changed || !options.has('ifdiff')) {
      if (options.has('save')) this.#save();
      if (options.has('rebootifneededwhenidle')) this.#restartsWhenIdle = this.#needsRestart();
      if (options.has('apply')) this.#apply();
    }
    return `${errors.map((error) => `${error}\n`).join('')}Loaded.\n`;
  }

  /** Whether a value that acts after a restart only is not in use yet. */
  #needsRestart(): boolean {
    return ['.sip.local_rx_port', '.lan.file_transfer_method'].some(
      (path) => this.#active.get(path) !== this.#running.get(path),
    );
  }
}

const indentOf = (path: string) => ' '.repeat(Math.max(1, path.split('.').length - 2));
