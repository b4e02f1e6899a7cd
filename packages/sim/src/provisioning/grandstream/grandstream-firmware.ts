import { dialGrandstream } from '../dialling/grandstream-plan.ts';
import type { DialResult } from '../dialling/dial-result.ts';
import type { Cli } from '../faces/cli.ts';
import type { Login } from '../faces/digest.ts';
import { ConfigRefused, spoilt, type Box, type Firmware, type LineSetup } from '../firmware.ts';
import { GrandstreamCli } from './grandstream-cli.ts';
import { readProvision, writeProvision } from './grandstream-file.ts';
import { portKeysOf, PROFILES, type PortKeys } from './port-keys.ts';
import { PROFILE_ACTIVE } from './profile-values.ts';
import { needsRestart, pValuesOf, type PValue } from './p-values.ts';

/** By P212; FTP and encrypted transports are not simulated. */
const SCHEMES: Readonly<Record<string, string>> = { 0: 'tftp', 1: 'http' };

/**
 * HT8xx and GXW42xx. Takes its settings from `cfg<mac>`, `cfg<mac>.xml` or `cfg.xml` below P237, at each start and when
 * a NOTIFY says so: `check-sync` restarts it first, `resync` does not. A file sets what it names and leaves the rest;
 * unknown P-values, and values that are too long or out of range, are passed over without a word. What is set is saved
 * at once. Some keys make it restart.
 */
export class GrandstreamFirmware implements Firmware {
  readonly #box: Box;
  readonly #known: ReadonlyMap<string, PValue>;
  readonly #ports: readonly PortKeys[];
  /** Running and saved are one: what is set is in flash. */
  readonly #values = new Map<string, string>();

  constructor(box: Box) {
    const { model, fxs } = box.unit;
    this.#box = box;
    this.#known = pValuesOf(model, fxs);
    this.#ports = portKeysOf(model, fxs);
    for (const [key, { value }] of this.#known) this.#values.set(key, value);
    this.#values.set('P2', box.login.password);
  }

  settings(): ReadonlyMap<string, string> {
    return this.#values;
  }

  lines(): LineSetup[] {
    return this.#ports.map((keys, index) => {
      const get = (key: string | null) => (key === null ? null : (this.#values.get(key) ?? null));
      const chosen = keys.profile === null ? index : Number(get(keys.profile));
      const profile = PROFILES[this.#box.unit.model.startsWith('GXW') || keys.profile !== null ? chosen : index];
      const isActive = keys.profile === null || get(PROFILE_ACTIVE[chosen] ?? null) !== '0';
      const [host, user] = [get(profile?.server ?? null), get(keys.user)];
      return {
        enabled: get(keys.enabled) !== '0',
        account:
          !isActive || host === null || host === '' || user === null || user === '' || get('P31') === '0'
            ? null
            : { host, user, authUser: get(keys.authUser) || user, password: get(keys.password) ?? '' },
        digitMap: get(profile?.digitMap ?? null),
        callerId: get(profile?.callerId ?? null),
        impedance: get(profile?.impedance ?? null),
        ringCadence: get(profile?.ringCadence ?? null),
      };
    });
  }

  preset(text: string): void {
    this.#write(readProvision(text, this.#box.unit.mac));
  }

  powerUp(): void {
    // Nothing is kept outside the flash.
  }

  async started(): Promise<void> {
    await this.#update();
  }

  notified(event: string): void {
    if (event === 'check-sync') this.#box.reboot();
    else if (event === 'resync') this.#box.background(() => this.#update());
  }

  login(): Login {
    return { username: this.#box.login.username, password: this.#values.get('P2') ?? '' };
  }

  notifyLogin(): Login | null {
    return this.#values.get('P4428') === '1' ? null : this.login();
  }

  dial(line: LineSetup, digits: string): DialResult {
    return dialGrandstream(line.digitMap ?? '', digits, { hashSends: this.#values.get('P72') === '1' });
  }

  openCli(): Cli {
    return new GrandstreamCli({
      model: this.#box.unit.model,
      exported: () => this.#exported(),
      reboot: () => this.#box.reboot(),
    });
  }

  /** Gets and takes the first file that there is. */
  async #update(): Promise<void> {
    const get = (key: string) => this.#values.get(key) ?? '';
    const { mac, model, firmware } = this.#box.unit;
    const scheme = SCHEMES[get('P212')];
    if (scheme === undefined || get('P237') === '') return;
    const userAgent = `Grandstream Model HW ${model} V1.0A SW ${firmware} DevId ${mac}`;
    const login = get('P1360') === '' ? null : { username: get('P1360'), password: get('P1361') };
    for (const name of [`cfg${mac}`, `cfg${mac}.xml`, 'cfg.xml']) {
      const base = get('P237').replace(/\/$/, '');
      const url = `${scheme}://${base}/${get('P234')}${name}${get('P235')}`;
      const pulled = await this.#box.pull(url, { userAgent, login });
      if (pulled.status !== 200) continue;
      // The first name is that of the binary format, which these models no longer write.
      if (name.endsWith('.xml') && this.#take(pulled.body)) return;
    }
  }

  /** Takes a file; false where it is refused, and nothing of it was set. */
  #take(text: string): boolean {
    this.#box.reach('parse');
    if (this.#box.refuses()) return false;
    let pairs: [string, string][];
    try {
      pairs = readProvision(text, this.#box.unit.mac);
    } catch (error) {
      if (error instanceof ConfigRefused) return false;
      throw error;
    }
    this.#box.reach('write');
    const changed = this.#write(pairs);
    if (changed.length === 0) return true;
    this.#box.applied();
    if (changed.some((key) => needsRestart(this.#box.unit.model, key))) this.#box.reboot();
    return true;
  }

  #write(pairs: readonly (readonly [key: string, value: string])[]): string[] {
    const before = new Map(this.#values);
    const written: string[] = [];
    for (const [key, value] of pairs) {
      if (this.#known.get(key)?.accepts(value) !== true) continue;
      this.#values.set(key, value);
      written.push(key);
    }
    const spoil = this.#box.keyToSpoil(written);
    if (spoil !== null) this.#values.set(spoil, spoilt(this.#values.get(spoil) ?? ''));
    return [...this.#values].filter(([key, value]) => before.get(key) !== value).map(([key]) => key);
  }

  #exported(): string {
    const { model, mac } = this.#box.unit;
    const shown = Array.from(this.#values, ([key, value]) => {
      return [key, this.#known.get(key)?.secret === true ? '' : value] as const;
    });
    return writeProvision(shown, { model, mac });
  }
}
