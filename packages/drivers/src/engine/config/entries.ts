import type { ChangeCost, FieldId, FieldValue, Settings } from '@loopstart/domain';
import type { Assignment, ConfigMapping, ConfigPlace, ConfigReading, ConfigScope, Refused } from '../slices/config.ts';
import { isRefused, refuse, sameWord, type Word } from './words.ts';

/** The key at a place: the same everywhere, one for each port or profile, or made from the place. */
export type KeyAt = string | readonly (string | null)[] | ((place: ConfigPlace) => string | null);

/** What the entries of one table have in common. */
export interface EntryOptions {
  readonly source: string;
  readonly cost?: ChangeCost;
}

/** The key with `#` as the index of the place: `Proxy_#_`. */
export const indexed =
  (pattern: string): KeyAt =>
  ({ index }) =>
    pattern.replaceAll('#', String(index));

/** The key with `#` as the name that the configuration gives to the port; none where the name was not read. */
export const named =
  (pattern: string): KeyAt =>
  ({ unit, index }) => {
    const name = unit.portNames?.get(index);
    return name === undefined ? null : pattern.replaceAll('#', () => name);
  };

function keyAt(key: KeyAt, place: ConfigPlace): string | null {
  if (typeof key === 'string') return key;
  return typeof key === 'function' ? key(place) : (key[place.index - 1] ?? null);
}

function keysAt(keys: readonly KeyAt[], place: ConfigPlace): readonly string[] | null {
  const found = keys.map((key) => keyAt(key, place));
  return found.includes(null) ? null : (found as string[]);
}

/** Writes nothing to this key, whatever it has. */
export const LEAVE = Symbol('leave');
/** The texts of the keys of one entry, in their order; null removes. */
export type Texts = readonly (string | null | typeof LEAVE)[];

/** How one value is spread over several keys. */
export interface Spread<V> {
  write(value: V, place: ConfigPlace, others: Settings): Texts | Refused;
  /** The texts of the keys, undefined where one is absent; undefined: no value of the model. */
  read(texts: readonly (string | undefined)[], place: ConfigPlace): V | undefined;
}

/** A setting in several keys. */
export function spread<V>(
  scope: ConfigScope,
  keys: readonly KeyAt[],
  { write, read }: Spread<V>,
  options: EntryOptions & { readonly isSecret?: true },
): ConfigMapping<V> {
  return {
    scope,
    ...options,
    keys: (place) => keysAt(keys, place),
    write(value, place, others) {
      const owned = keysAt(keys, place) ?? [];
      const texts = write(value, place, others);
      if (isRefused(texts)) return texts;
      return owned.flatMap((key, at): Assignment[] => {
        const text = texts[at];
        return text === LEAVE || text === undefined ? [] : [[key, text]];
      });
    },
    read(textOf, place): ConfigReading<V> {
      const texts = (keysAt(keys, place) ?? []).map(textOf);
      if (texts.every((text) => text === undefined || text.trim() === '')) return { state: 'absent' };
      const value = read(texts, place);
      if (value !== undefined) return { state: 'value', value };
      const shown = texts.map((text) => text ?? 'nothing').join(', ');
      return { state: 'cannot-tell', reason: `${shown.slice(0, 60)} is no value of this setting` };
    },
  };
}

/** A setting in one key. */
export function one<V>(
  scope: ConfigScope,
  key: KeyAt,
  word: Word<V>,
  options: EntryOptions & { readonly isSecret?: true },
): ConfigMapping<V> {
  return spread<V>(
    scope,
    [key],
    {
      write(value) {
        const text = word.write(value);
        return isRefused(text) ? text : [text];
      },
      read: ([text]) => (text === undefined ? undefined : word.read(text)),
    },
    options,
  );
}

/** One key that says two settings at once. A row: the code, and both values; null where the second has no meaning. */
export function joint<A extends FieldId, B extends FieldId>(
  scope: ConfigScope,
  key: KeyAt,
  [first, second]: readonly [A, B],
  rows: readonly (readonly [code: string, first: FieldValue<A>, second: FieldValue<B> | null])[],
  options: EntryOptions,
): { readonly [F in A | B]: ConfigMapping<FieldValue<F>> } {
  const codeFor = (a: unknown, b: unknown): Texts | Refused => {
    const withA = rows.filter((row) => a === undefined || row[1] === a);
    const fitting = withA.filter((row) => b === undefined || row[2] === b);
    const [row, another] = fitting;
    if (row === undefined) return refuse('this gateway does not have this standard at this moment');
    return another === undefined ? [row[0]] : refuse('expected the standard and the moment, which it sets together');
  };
  const row = (text: string | undefined) => rows.find(([code]) => text !== undefined && sameWord(code, text));
  const moment = spread<FieldValue<B>>(
    scope,
    [key],
    { write: (value, _place, others) => codeFor(others[first], value), read: ([text]) => row(text)?.[2] ?? undefined },
    options,
  );
  const mappings = {
    [first]: spread<FieldValue<A>>(
      scope,
      [key],
      { write: (value, _place, others) => codeFor(value, others[second]), read: ([text]) => row(text)?.[1] },
      options,
    ),
    [second]: {
      ...moment,
      read: (textOf: (name: string) => string | undefined, place: ConfigPlace): ConfigReading<FieldValue<B>> => {
        const [owned = ''] = moment.keys(place) ?? [];
        return row(textOf(owned))?.[2] === null ? { state: 'absent' } : moment.read(textOf, place);
      },
    },
  };
  return mappings as unknown as { readonly [F in A | B]: ConfigMapping<FieldValue<F>> };
}

/** The makers of entries for one scope and one source of knowledge. */
export const entriesFor = (scope: ConfigScope, options: EntryOptions) => ({
  key: <V>(key: KeyAt, word: Word<V>, more?: Partial<EntryOptions>) => one(scope, key, word, { ...options, ...more }),
  keys: <V>(keys: readonly KeyAt[], spreading: Spread<V>, more?: Partial<EntryOptions>) =>
    spread(scope, keys, spreading, { ...options, ...more }),
  secret: (key: KeyAt, word: Word<string>) => one(scope, key, word, { ...options, isSecret: true }),
});
