import type { Box } from '../firmware.ts';
import { hash32 } from '../../random.ts';

/**
 * Gets the file of IniFileURL at each start, every AutoUpdateFrequency minutes, and when asked. It sends the date of the
 * server's last answer as If-Modified-Since. A server that ignores it, or sent no Date, has the unit take the same file
 * again and again; with ResetNow in it, the unit resets for ever. AUPDCheckIfIniChanged 1 (the whole file) and 2 (its
 * lines in any order) end that.
 */
export class AutoUpdate {
  readonly #box: Box;
  readonly #get: (name: string) => string;
  readonly #take: (text: string) => void;
  /** In flash: it outlives a reset. */
  #since: string | null = null;
  #digest: number | null = null;
  #polledAt = 0;

  constructor(box: Box, get: (name: string) => string, take: (text: string) => void) {
    this.#box = box;
    this.#get = get;
    this.#take = take;
  }

  powerUp(): void {
    this.#polledAt = this.#box.now();
  }

  tick(): void {
    const minutes = Number(this.#get('AutoUpdateFrequency'));
    if (minutes > 0 && this.#box.now() >= this.#polledAt + minutes * 60_000) this.#box.background(() => this.poll());
  }

  async poll(): Promise<void> {
    this.#polledAt = this.#box.now();
    const { mac, model, firmware } = this.#box.unit;
    const url = this.#get('IniFileURL').replaceAll('<MAC>', mac);
    if (url === '') return;
    const userAgent = `Mozilla/4.0 (compatible; AudioCodes;${model};${firmware};${mac};${this.#get('INIFileVersion')})`;
    const username = this.#get('AUPDDigestUsername');
    const login = username === '' ? null : { username, password: this.#get('AUPDDigestPassword') };
    const headers: Record<string, string> = this.#since === null ? {} : { 'if-modified-since': this.#since };
    const pulled = await this.#box.pull(url, { userAgent, login, headers });
    if (pulled.status !== 200) return;
    const digest = this.#digestOf(pulled.body);
    if (digest !== null && digest === this.#digest) return;
    this.#since = pulled.headers.date ?? null;
    this.#digest = digest;
    this.#take(pulled.body);
  }

  #digestOf(text: string): number | null {
    const mode = this.#get('AUPDCheckIfIniChanged');
    if (mode === '1') return hash32(text);
    return mode === '2' ? hash32(...text.split(/\r?\n/).toSorted()) : null;
  }
}
