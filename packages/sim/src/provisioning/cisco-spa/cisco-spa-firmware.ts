import { dialSpa } from '../dialling/spa-plan.ts';
import type { DialResult } from '../dialling/dial-result.ts';
import type { Login } from '../faces/digest.ts';
import type { FaceAnswer, FaceRequest, HttpHandler } from '../faces/http-face.ts';
import { ConfigRefused, spoilt, type Box, type Firmware, type LineSetup } from '../firmware.ts';
import { readProfile, writeProfile } from './flat-profile.ts';
import { parametersOf, takes } from './parameters.ts';
import { readRule } from './profile-rule.ts';

const RULES = ['Profile_Rule', 'Profile_Rule_B', 'Profile_Rule_C', 'Profile_Rule_D'];

/**
 * SPA112 and SPA122. Resyncs from its profile rules, in their order, at each start, every Resync_Periodic seconds, on
 * NOTIFY and at `/admin/resync[?url]`, but never while a line is in use: it then waits until all have been idle for
 * Forced_Resync_Delay. Parameters that a profile does not name stay; unknown names and impossible values are passed
 * over; it restarts itself where the router part changed.
 */
export class CiscoSpaFirmware implements Firmware {
  readonly #box: Box;
  readonly #standard: ReadonlyMap<string, string>;
  readonly #values: Map<string, string>;
  /** The rules of a resync that waits for idle lines; null where none does. */
  #waiting: { readonly rules: readonly string[]; idleSince: number | null } | null = null;
  #periodFrom: number;

  readonly http: HttpHandler = {
    scheme: 'digest',
    realm: 'spa admin',
    answer: (request) => this.#answer(request),
  };

  constructor(box: Box) {
    this.#box = box;
    this.#standard = parametersOf(box.unit.fxs);
    this.#values = new Map(this.#standard);
    this.#periodFrom = box.now();
  }

  settings(): ReadonlyMap<string, string> {
    return this.#values;
  }

  lines(): LineSetup[] {
    const get = (key: string) => this.#values.get(key) ?? '';
    return Array.from({ length: this.#box.unit.fxs }, (_, index) => {
      const own = (key: string) => get(`${key}_${index + 1}_`);
      const registers = own('Register') === 'Yes' && own('User_ID') !== '' && own('Proxy') !== '';
      return {
        enabled: own('Line_Enable') === 'Yes',
        account: registers
          ? {
              host: own('Proxy'),
              user: own('User_ID'),
              authUser: own('Use_Auth_ID') === 'Yes' ? own('Auth_ID') : own('User_ID'),
              password: own('Password'),
            }
          : null,
        digitMap: own('Dial_Plan'),
        callerId: own('CID_Setting') === 'Yes' ? get('Caller_ID_Method') : 'No',
        impedance: get('FXS_Port_Impedance'),
        ringCadence: get(`Ring${own('Default_Ring')}_Cadence`),
      };
    });
  }

  preset(text: string): void {
    this.#write(readProfile(text));
  }

  powerUp(): void {
    this.#waiting = null;
    this.#periodFrom = this.#box.now();
  }

  async started(): Promise<void> {
    if (this.#values.get('Resync_On_Reset') === 'Yes') await this.#resync(this.#profileRules());
  }

  tick(): void {
    const now = this.#box.now();
    const seconds = (key: string) => Number(this.#values.get(key) ?? 0);
    const periodMs = seconds('Resync_Periodic') * 1_000;
    if (periodMs > 0 && now >= this.#periodFrom + periodMs) this.#askFor(this.#profileRules());
    if (this.#waiting === null) return;
    this.#waiting.idleSince = this.#box.idle() ? (this.#waiting.idleSince ?? now) : null;
    const { idleSince, rules } = this.#waiting;
    if (idleSince !== null && now >= idleSince + seconds('Forced_Resync_Delay') * 1_000) this.#begin(rules);
  }

  notified(event: string): void {
    if (this.#values.get('Resync_From_SIP') !== 'Yes') return;
    if (event === 'resync') this.#askFor(this.#profileRules());
    else if (event === 'report') this.#box.background(() => this.#report());
    else if (event === 'reboot_now' || event === 'restart_now') this.#box.reboot();
  }

  /** A NOTIFY is challenged with the account of line 1. */
  notifyLogin(): Login {
    const get = (key: string) => this.#values.get(key) ?? '';
    return { username: get('User_ID_1_'), password: get('Password_1_') };
  }

  dial(line: LineSetup, digits: string): DialResult {
    return dialSpa(line.digitMap ?? '', digits);
  }

  #answer({ method, url }: FaceRequest): FaceAnswer {
    if (method !== 'GET') return { status: 405, body: 'Method Not Allowed' };
    const [path, query] = url.split(/\?(.*)/s);
    if (path === '/admin/resync') {
      this.#askFor(query === undefined || query === '' ? this.#profileRules() : [decodeURI(query)]);
      return { status: 200, body: 'The unit will resync the profile when it is not in use.\n' };
    }
    if (path === '/admin/reboot') {
      return { status: 200, body: 'The unit will reboot.\n', afterwards: () => this.#box.reboot() };
    }
    if (path === '/admin/spacfg.xml') {
      return { status: 200, headers: { 'content-type': 'text/xml' }, body: writeProfile(this.#values) };
    }
    return { status: 404, body: 'Not Found' };
  }

  #profileRules(): string[] {
    return RULES.map((key) => this.#values.get(key) ?? '');
  }

  /** Resyncs now where no line is in use, else once they have been idle for long enough. */
  #askFor(rules: readonly string[]): void {
    this.#periodFrom = this.#box.now();
    if (this.#box.idle()) this.#begin(rules);
    else this.#waiting = { rules, idleSince: null };
  }

  #begin(rules: readonly string[]): void {
    this.#waiting = null;
    this.#box.background(() => this.#resync(rules));
  }

  async #resync(rules: readonly string[]): Promise<void> {
    this.#periodFrom = this.#box.now();
    if (this.#values.get('Provision_Enable') !== 'Yes') return;
    const { model, firmware, mac, serial } = this.#box.unit;
    const userAgent = `Cisco/${model}-${firmware} (${mac})(${serial})`;
    for (const rule of rules) {
      const read = readRule(rule, this.#box.unit);
      if (read === null) continue;
      const pulled = await this.#box.pull(read.url, { userAgent, login: read.login });
      if (pulled.status === 200) this.#take(pulled.body);
    }
  }

  #take(text: string): void {
    this.#box.reach('parse');
    if (this.#box.refuses()) return;
    let pairs: [string, string][];
    try {
      pairs = readProfile(text);
    } catch (error) {
      if (error instanceof ConfigRefused) return;
      throw error;
    }
    this.#box.reach('write');
    const changed = this.#write(pairs);
    if (changed.length === 0) return;
    this.#box.applied();
    if (changed.some((key) => key.startsWith('router-configuration/'))) this.#box.reboot();
  }

  #write(pairs: readonly (readonly [key: string, value: string])[]): string[] {
    const before = new Map(this.#values);
    const written: string[] = [];
    for (const [key, value] of pairs) {
      const standard = this.#standard.get(key);
      if (standard === undefined || !takes(standard, value)) continue;
      this.#values.set(key, value);
      written.push(key);
    }
    const spoil = this.#box.keyToSpoil(written);
    if (spoil !== null) this.#values.set(spoil, spoilt(this.#values.get(spoil) ?? ''));
    return [...this.#values].filter(([key, value]) => before.get(key) !== value).map(([key]) => key);
  }

  /** Uploads its parameters to Report_Rule: all, or with `--delta` those that are not the factory's. */
  async #report(): Promise<void> {
    const rule = readRule(this.#values.get('Report_Rule') ?? '', this.#box.unit);
    if (rule === null) return;
    const shown = [...this.#values].filter(
      ([key, value]) => !rule.options.has('--delta') || value !== this.#standard.get(key),
    );
    await this.#box.pull(rule.url, { method: 'POST', login: rule.login, body: writeProfile(shown) });
  }
}
