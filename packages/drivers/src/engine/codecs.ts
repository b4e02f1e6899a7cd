import type { Oid, SnmpValue } from '@loopstart/snmp';
import {
  counterValue,
  cut,
  gaugeValue,
  integerValue,
  numberIn,
  oidValue,
  textIn,
  textValue,
  ticksValue,
} from './values.ts';

/**
 * Converts between the value of an SNMP object and Loopstart's own value. The simulator encodes, the agent decodes, and
 * `decode(encode(x))` is x for every x that `encode` supports.
 */
export interface Codec<T> {
  /**
   * null: the gateway itself reports that the value is unknown or does not apply; undefined: the value is not
   * understood.
   */
  decode(value: SnmpValue): T | null | undefined;
  /** undefined: this object cannot express the value. */
  encode(value: T): SnmpValue | undefined;
  /** Every value that `encode` supports, where they can be listed. */
  readonly words?: readonly T[];
  /** Range of numbers that `encode` supports: bounds and the smallest step, in the unit of the decoded value. */
  readonly range?: { min: number; max: number; step: number };
}

/**
 * An enumerated INTEGER. Numbers that are not in the table are not understood; null is 'does not apply'. `otherwise` is
 * the gateway's number for any word that the table lacks.
 */
export function enumOf<W extends string>(
  table: Readonly<Record<number, W | null>>,
  options: { otherwise?: number } = {},
): Codec<W> {
  const words = new Map<number, W | null>(Object.entries(table).map(([number, word]) => [Number(number), word]));
  const numbers = new Map<W, number>();
  for (const [number, word] of words) if (word !== null && !numbers.has(word)) numbers.set(word, number);
  return {
    decode(value) {
      const number = numberIn(value);
      return number === undefined ? undefined : words.get(number);
    },
    encode(word) {
      const number = numbers.get(word) ?? options.otherwise;
      return number === undefined ? undefined : integerValue(number);
    },
    words: [...numbers.keys()],
  };
}

/** Words written as text, compared without regard to case and outer space. The first text of a word is its encoding. */
export function textOf<W extends string>(table: Readonly<Record<string, W | null>>): Codec<W> {
  const words = new Map(Object.entries(table).map(([text, word]) => [text.toLowerCase(), word]));
  const texts = new Map<W, string>();
  for (const [text, word] of Object.entries(table)) if (word !== null && !texts.has(word)) texts.set(word, text);
  return {
    decode(value) {
      const text = textIn(value);
      if (text === undefined) return undefined;
      return text === '' ? null : words.get(text.toLowerCase());
    },
    encode(word) {
      const text = texts.get(word);
      return text === undefined ? undefined : textValue(text);
    },
    words: [...texts.keys()],
  };
}

/**
 * Free text of at most `max` characters, longer ones are cut; empty text and the placeholder of recordings are null.
 */
export function text(max: number): Codec<string> {
  return {
    decode(value) {
      const found = textIn(value);
      if (found === undefined) return undefined;
      return isPlaceholder(found) ? null : cut(found, max);
    },
    encode: (value) => textValue(value),
  };
}

/**
 * Identifies one unit or version: as `text`, but a text of zeros only is no value either. A serial number of zeros
 * belongs to a board that was never given one.
 */
export function identityText(max: number): Codec<string> {
  const plain = text(max);
  return {
    ...plain,
    decode(value) {
      const found = plain.decode(value);
      return typeof found === 'string' && isZeros(found) ? null : found;
    },
  };
}

const isPlaceholder = (found: string) => found === '' || PLACEHOLDER.test(found);
/** Texts of unset objects, and the placeholder of a recording for a secret. */
const PLACEHOLDER =
  /^(n\s*\/\s*a|not (available|applicable|specified|set|known)|unspecified|unknown|null|<[^<>]*>|[-.?]+)$/i;
const isZeros = (found: string) => /^[0\s:.-]+$/.test(found);

/**
 * Host name or address of a SIP server, with its port where that is not 5060. Scheme, user and parameters are removed,
 * so that gateways of several vendors name the same server alike; unset (empty, 0.0.0.0, ::) is null.
 */
export const sipHost: Codec<string> = {
  decode(value) {
    const found = textIn(value);
    if (found === undefined) return undefined;
    const host = /^(?:sips?:)?(?:[^@\s]*@)?([^\s;,<>]+)/i.exec(found)?.[1]?.toLowerCase();
    const plain =
      host
        ?.replace(/:5060$/, '')
        .replace(/\.$/, '')
        .slice(0, 128) ?? '';
    return UNSET_HOSTS.has(plain) ? null : plain;
  },
  encode: (value) => textValue(value),
};
const UNSET_HOSTS: ReadonlySet<string> = new Set(['', '0', '0.0.0.0', '::', 'none', 'n/a', 'private']);

/** The first group of `pattern` in a text, for example a version inside a description. Written back with `render`. */
export function textMatch(pattern: RegExp, max: number, render: (value: string) => string): Codec<string> {
  return {
    decode(value) {
      const found = textIn(value);
      if (found === undefined) return undefined;
      const part = pattern.exec(found)?.[1]?.trim() ?? '';
      return isPlaceholder(part) || isZeros(part) ? null : cut(part, max);
    },
    encode: (value) => textValue(render(value)),
  };
}

/** A number in a numeric object, divided into its unit by `factor` (0.01 for hundredths). */
export function scaled(factor: number, bounds: { min: number; max: number }): Codec<number> {
  const perUnit = 1 / factor;
  return {
    decode(value) {
      const number = numberIn(value);
      if (number === undefined) return undefined;
      // Dividing by the rounded reciprocal keeps 0.01 steps exact: 4812 / 100, not 4812 * 0.01.
      const result = factor < 1 ? number / perUnit : number * factor;
      return result < bounds.min || result > bounds.max ? undefined : result;
    },
    encode: (value) => integerValue(Math.round(value / factor)),
    range: { ...bounds, step: factor },
  };
}

/** A whole number that is already in its unit. `missing` are the gateway's values for 'not measured'. */
export function whole(bounds: { min: number; max: number }, missing: readonly number[] = []): Codec<number> {
  return {
    decode(value) {
      const number = numberIn(value);
      if (number === undefined) return undefined;
      if (missing.includes(number)) return null;
      return number < bounds.min || number > bounds.max ? undefined : number;
    },
    encode: (value) => (bounds.min < 0 ? integerValue(Math.round(value)) : gaugeValue(Math.round(value))),
    range: { ...bounds, step: 1 },
  };
}

const WRAP_16 = 65_536;
const WRAP_32 = 4_294_967_296;

/**
 * Degrees Celsius. A gateway that keeps them in an unsigned object reports -5 as 4294967291 or as 65531: a value just
 * below the wrap is a temperature below zero.
 */
export function celsius(bounds: { min: number; max: number }): Codec<number> {
  return {
    ...whole(bounds),
    decode(value) {
      const number = numberIn(value);
      if (number === undefined) return undefined;
      const wrap = [WRAP_16, WRAP_32].find((size) => number < size && number - size >= bounds.min) ?? 0;
      const degrees = number - wrap;
      return degrees < bounds.min || degrees > bounds.max ? undefined : degrees;
    },
    encode: (value) => integerValue(Math.round(value)),
  };
}

/** A counter since the gateway started. */
export const count: Codec<number> = {
  decode(value) {
    const number = numberIn(value);
    return number === undefined || number < 0 ? undefined : number;
  },
  encode: (value) => counterValue(value),
  range: { min: 0, max: 4_294_967_295, step: 1 },
};

/** TimeTicks as seconds. */
export const seconds: Codec<number> = {
  decode(value) {
    const ticks = numberIn(value);
    return ticks === undefined || ticks < 0 ? undefined : Math.floor(ticks / 100);
  },
  encode: (value) => ticksValue((Math.floor(value) * 100) % 4_294_967_296),
  range: { min: 0, max: 42_949_672, step: 1 },
};

/** A number written as text, such as "12" or "12.5%". */
export function numberInText(bounds: { min: number; max: number }, suffix = ''): Codec<number> {
  return {
    decode(value) {
      const found = textIn(value);
      if (found === undefined) return undefined;
      if (found === '') return null;
      const match = /^([+-]?\d+(?:\.\d+)?)\s*(?:%|°?C|V)?$/.exec(found);
      const number = match ? Number(match[1]) : Number.NaN;
      return number >= bounds.min && number <= bounds.max ? number : undefined;
    },
    encode: (value) => textValue(`${value}${suffix}`),
    range: { ...bounds, step: 1 },
  };
}

/** A measurement written as text, with a point or a comma, without its unit or with it. Empty is not measured. */
export function decimalText(bounds: { min: number; max: number }): Codec<number> {
  return {
    decode(value) {
      const found = textIn(value);
      if (found === undefined) return undefined;
      if (found === '' || /^(-+|n\/?a)$/i.test(found)) return null;
      const match = /^([+-]?\d+(?:[.,]\d+)?)\s*[\p{L}Ω]{0,4}$/u.exec(found);
      const number = match?.[1] === undefined ? Number.NaN : Number(match[1].replace(',', '.'));
      return number >= bounds.min && number <= bounds.max ? number : undefined;
    },
    encode: (value) => textValue(String(value)),
    range: { ...bounds, step: 0.001 },
  };
}

/** A number shown as text: serial numbers kept in an Unsigned32. */
export const numberAsText: Codec<string> = {
  decode(value) {
    const number = numberIn(value);
    if (number === undefined) return identityText(128).decode(value);
    return number === 0 ? null : String(number);
  },
  encode: (value) => (/^\d{1,9}$/.test(value) ? gaugeValue(Number(value)) : textValue(value)),
};

/** A MAC address, as six octets or as text with or without separators; decoded as 00:90:8f:12:34:56. */
export const macAddress: Codec<string> = {
  decode(value) {
    if (value.type !== 'octets') return undefined;
    const bytes = value.value;
    const hex =
      bytes.length === 6
        ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
        : (textIn(value) ?? '').replace(/[:.-]/g, '').toLowerCase();
    if (isPlaceholder(hex) || /^(0+|f+)$/.test(hex)) return null;
    return /^[0-9a-f]{12}$/.test(hex) ? (hex.match(/../g) as string[]).join(':') : undefined;
  },
  encode: (value) => textValue(value.replaceAll(':', '').toUpperCase()),
};

/** TruthValue of SNMPv2-TC: true 1, false 2. */
export const truth: Codec<boolean> = {
  decode(value) {
    const number = numberIn(value);
    return number === 1 ? true : number === 2 ? false : undefined;
  },
  encode: (value) => integerValue(value ? 1 : 2),
  words: [true, false],
};

/** An INTEGER of which some numbers mean true and some mean false; the first of each is its encoding. */
export function booleanOf(whenTrue: readonly number[], whenFalse: readonly number[]): Codec<boolean> {
  return {
    decode(value) {
      const number = numberIn(value);
      if (number === undefined) return undefined;
      return whenTrue.includes(number) ? true : whenFalse.includes(number) ? false : undefined;
    },
    encode: (value) => {
      const number = (value ? whenTrue : whenFalse)[0];
      return number === undefined ? undefined : integerValue(number);
    },
    words: [...(whenTrue.length > 0 ? [true] : []), ...(whenFalse.length > 0 ? [false] : [])],
  };
}

/** An OBJECT IDENTIFIER. */
export const objectId: Codec<Oid> = {
  decode: (value) => (value.type === 'oid' ? value.value.replace(/^\.+/, '') : undefined),
  encode: (value) => oidValue(value),
};
