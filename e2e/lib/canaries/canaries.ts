import { randomBytes } from 'node:crypto';

/** Where a secret was found: what kind it is, and how it was written. */
export interface Found {
  kind: string;
  encoding: string;
}

/** Shorter pieces would be found by chance. */
const SHORTEST = 10;
const KEY_BYTES = 4;

/** The spellings in which a secret may stand somewhere; the encodings of base 64 at each offset of a longer text. */
export function spellings(value: string): [encoding: string, text: string][] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = (skip: number) => {
    const padded = Buffer.concat([Buffer.alloc(skip), bytes])
      .toString('base64')
      .replace(/=+$/u, '');
    // What depends on the neighbours is left out.
    return padded.slice(Math.ceil((skip * 8) / 6), ((skip + bytes.length) * 8) % 6 === 0 ? undefined : -1);
  };
  const ofBase64 = [0, 1, 2].map(base64);
  return [
    ['clear', value],
    ['lower case', value.toLowerCase()],
    ['upper case', value.toUpperCase()],
    ['reversed', [...value].toReversed().join('')],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['URL', encodeURIComponent(value)],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ...ofBase64.map((text): [string, string] => ['base64', text]),
    ...ofBase64.map((text): [string, string] => ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')]),
  ];
}

/** The secrets of a walk, each of a kind, and the search for all of them in all spellings at once. */
export class Canaries {
  readonly #kinds = new Map<string, number>();
  /** By their first bytes. */
  readonly #needles = new Map<number, { text: Buffer; found: Found }[]>();
  readonly #seen = new Set<string>();

  /** A new secret of this kind. */
  mint(kind: string): string {
    // Special characters show the encodings; letters of both cases are in base 64.
    return this.add(kind, `cny-${randomBytes(18).toString('base64url')}`);
  }

  /** Keeps a secret that the product made; returns it. */
  add(kind: string, value: string): string {
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    for (const [encoding, text] of spellings(value)) {
      if (text.length < SHORTEST || this.#seen.has(text)) continue;
      this.#seen.add(text);
      const needle = Buffer.from(text, 'utf8');
      const key = needle.readUInt32LE(0);
      const same = this.#needles.get(key) ?? [];
      same.push({ text: needle, found: { kind, encoding } });
      this.#needles.set(key, same);
    }
    return value;
  }

  get kinds(): ReadonlyMap<string, number> {
    return this.#kinds;
  }

  get count(): number {
    return [...this.#kinds.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Every kind and spelling that stands in the bytes, once. */
  find(content: Buffer | string): Found[] {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const found = new Map<string, Found>();
    for (let at = 0; at + KEY_BYTES <= bytes.length; at += 1) {
      const candidates = this.#needles.get(bytes.readUInt32LE(at));
      if (candidates === undefined) continue;
      for (const { text, found: one } of candidates) {
        if (bytes.compare(text, 0, text.length, at, Math.min(at + text.length, bytes.length)) === 0)
          found.set(`${one.kind} ${one.encoding}`, one);
      }
    }
    return [...found.values()];
  }
}
