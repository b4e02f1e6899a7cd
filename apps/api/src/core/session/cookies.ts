import type { Config } from '../config.ts';

/**
 * Cookies of Loopstart. Over https their names begin with __Host- (RFC 6265bis, section 4.1.3): a browser then accepts
 * them from this host alone, over https, for all paths, so that no other host of a shared domain can set one.
 */
export class Cookies {
  readonly #secure: boolean;

  constructor({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>) {
    this.#secure = PUBLIC_URL.startsWith('https:');
  }

  /** A Set-Cookie header; an age of 0 clears it. */
  set(name: string, value: string, maxAgeS: number): string {
    return `${this.#name(name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${this.#secure ? '; Secure' : ''}`;
  }

  /** The value of a cookie in a Cookie header, where it has plain characters and a sensible length; else null. */
  read(header: string | undefined, name: string): string | null {
    return new RegExp(`(?:^|;\\s*)${this.#name(name)}=([\\w.-]{20,200})(?:;|$)`).exec(header ?? '')?.[1] ?? null;
  }

  #name(name: string): string {
    return this.#secure ? `__Host-${name}` : name;
  }
}
