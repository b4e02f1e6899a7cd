/**
 * The sixteen DTMF keys (ITU-T Q.23) in the order of their bits. Telephones have the first twelve; makers' languages
 * accept A to D as well.
 */
export const DTMF_KEYS = '0123456789*#ABCD';
/** The keys of a telephone. */
export const TELEPHONE_KEYS = '0123456789*#';
/** A set of keys, one bit each in the order of `DTMF_KEYS`. */
export type KeySet = number;

export const NO_KEYS: KeySet = 0;
/** 0 to 9, what `x` stands for in every language here. */
export const DIGITS: KeySet = 0x3ff;
/** 0 to 9 and `*`, what `.` stands for on Cisco IOS. */
export const DIGITS_AND_STAR: KeySet = 0x7ff;

/** The index of a key in `DTMF_KEYS`, -1 for what is no key. Letters count in both cases. */
export const keyIndex = (key: string): number => (key.length === 1 ? DTMF_KEYS.indexOf(key.toUpperCase()) : -1);

export function keySet(keys: string): KeySet {
  let set = NO_KEYS;
  for (const key of keys) {
    const index = keyIndex(key);
    if (index >= 0) set |= 1 << index;
  }
  return set;
}

/** The keys of a set, in the order of `DTMF_KEYS`. */
export const keysOf = (set: KeySet): string => [...DTMF_KEYS].filter((_, index) => (set & (1 << index)) !== 0).join('');

/** True where every character is a key of a telephone. */
export const isDialable = (text: string): boolean => /^[0-9*#]+$/.test(text);

/** Keys as the inside of brackets: ranges of three or more are written with a hyphen, as in `2-79*`. */
export function setText(set: KeySet): string {
  const digits = keysOf(set & DIGITS);
  let text = '';
  for (let at = 0; at < digits.length;) {
    let end = at;
    while (end + 1 < digits.length && Number(digits[end + 1]) === Number(digits[end]) + 1) end += 1;
    text += end - at >= 2 ? `${digits[at]}-${digits[end]}` : digits.slice(at, end + 1);
    at = end + 1;
  }
  return text + keysOf(set & ~DIGITS);
}

/**
 * One key of a telephone for each group that none of `sets` tells apart, by its index in `DTMF_KEYS`. `*` and `#` always
 * stand for themselves, because languages give them a meaning beside the rules.
 */
export function keyGroups(sets: Iterable<KeySet>): readonly number[] {
  const groups = new Map<string, number>();
  const all = [...sets];
  for (const key of TELEPHONE_KEYS) {
    const index = keyIndex(key);
    const name = index > 9 ? key : all.map((set) => (set >> index) & 1).join('');
    if (!groups.has(name)) groups.set(name, index);
  }
  return [...groups.values()];
}
