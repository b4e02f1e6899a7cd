import type { Endpoint } from '@loopstart/domain';
import type { Refused } from '../slices/config.ts';

/** How one value is written as one text of a vendor's configuration, and read from it. */
export interface Word<V> {
  write(value: V): string | Refused;
  /** undefined: a text that is no value of the model. */
  read(text: string): V | undefined;
}

export const refuse = (refused: string): Refused => ({ refused });
/** The gateway may be able to do it, and no file or manual shows how. */
export const unverified = (refused: string): Refused => ({ refused, isUnverified: true });
export const isRefused = (result: object | string | null): result is Refused =>
  typeof result === 'object' && result !== null && 'refused' in result;

const PRINTABLE_ASCII = /^[ -~]*$/;

/** A text as it is. Letters beyond ASCII are refused: no vendor's documents say in which encoding they are read. */
export function textWord({
  max,
  allowed = PRINTABLE_ASCII,
  expected = 'characters of ASCII',
}: {
  max: number;
  allowed?: RegExp;
  expected?: string;
}): Word<string> {
  return {
    write(value) {
      if (value !== value.trim()) return refuse('expected no blanks around it');
      return value.length <= max && allowed.test(value) ? value : refuse(`expected at most ${max} ${expected}`);
    },
    read: (text) => text,
  };
}

/** Yes or no in the vendor's words, which are read in any case. */
export function flagWord(on: string, off: string): Word<boolean> {
  return {
    write: (value) => (value ? on : off),
    read: (text) => (sameWord(text, on) ? true : sameWord(text, off) ? false : undefined),
  };
}

/** Values of a choice by the vendor's words for them. A value without a word is refused, or not verified. */
export function choiceWord<V extends string>(
  words: Readonly<Partial<Record<V, string>>>,
  others: 'refused' | 'unverified' = 'refused',
): Word<V> {
  const rows = Object.entries(words) as [V, string][];
  const known = list(rows.map(([value]) => value));
  const missing =
    others === 'refused'
      ? refuse(`this gateway has ${known} only`)
      : unverified(`how it is written is known for ${known} only`);
  return {
    write: (value) => words[value] ?? missing,
    read: (text) => rows.find(([, word]) => sameWord(word, text))?.[0],
  };
}

/** A number that the vendor writes in `per` of the model's unit, with as many decimals: minutes are 60 of a second. */
export function numberWord({
  per = 1,
  decimals = 0,
  min,
  max,
  unit = '',
}: {
  per?: number;
  decimals?: number;
  min: number;
  max: number;
  unit?: string;
}): Word<number> {
  const steps = 10 ** decimals;
  return {
    write(value) {
      const scaled = Math.round((value / per) * steps);
      if (scaled * per !== value * steps) return refuse(`expected a multiple of ${per / steps}${unit}`);
      if (value < min || value > max) return refuse(`expected ${min} to ${max}${unit}`);
      return String(scaled / steps);
    },
    read(text) {
      if (!/^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text.trim())) return undefined;
      const value = Number(text) * per;
      return Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : undefined;
    },
  };
}

/** A number by a table of the vendor's codes, such as gains. A value between them is refused. */
export function codeWord(codes: Readonly<Record<string, number>>, unit: string): Word<number> {
  const rows = Object.entries(codes);
  const known = rows.map(([, value]) => value).sort((a, b) => a - b);
  return {
    write: (value) => rows.find(([, coded]) => coded === value)?.[0] ?? refuse(`expected ${list(known)} ${unit}`),
    read: (text) => codes[text.trim()],
  };
}

/** A code point (RFC 2474) as the 6 bits of it, or as the whole byte, whose two lowest bits belong to ECN. */
export const dscpWord = numberWord({ min: 0, max: 63 });
export const tosByteWord = (radix: 10 | 16): Word<number> => ({
  write: (value) => (radix === 16 ? `0x${(value * 4).toString(16).padStart(2, '0')}` : String(value * 4)),
  read(text) {
    const form = radix === 16 ? /^0x[0-9a-f]{1,2}$/i : /^\d{1,3}$/;
    const byte = form.test(text.trim()) ? Number(text) : Number.NaN;
    return byte % 4 === 0 && byte < 256 ? byte / 4 : undefined;
  },
});

/** A host with its port as `host:port`; the port is omitted where the protocol's own counts, or written as `portOfNull`. */
export function endpointWord({ max, portOfNull = null }: { max: number; portOfNull?: number | null }): Word<Endpoint> {
  return {
    write({ host, port }) {
      if (host.includes(':')) return unverified('how it writes an address of IPv6 is not verified');
      const written = port ?? portOfNull;
      const text = written === null ? host : `${host}:${written}`;
      return text.length <= max ? text : refuse(`expected at most ${max} characters with the port`);
    },
    read(text) {
      const [, host = '', port] = /^([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text.trim()) ?? [];
      if (host === '') return undefined;
      return { host, port: port === undefined || Number(port) === portOfNull ? null : Number(port) };
    },
  };
}

/** Whether two texts are the same word: case and blanks around do not count, and numbers count by their value. */
export function sameWord(a: string, b: string): boolean {
  const [one, other] = [a.trim().toLowerCase(), b.trim().toLowerCase()];
  const isNumber = (text: string) => /^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text);
  return one === other || (isNumber(one) && isNumber(other) && Number(one) === Number(other));
}

/** 'a, b and c'. */
export function list(items: readonly (string | number)[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
