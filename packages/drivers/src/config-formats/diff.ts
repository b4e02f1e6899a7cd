import type { ConfigKey, ConfigSetting } from './format.ts';

type Settings = ReadonlyMap<ConfigKey, ConfigSetting>;

/**
 * What may be shown of one side of a difference. `absent`: the file does not have the key. Of a secret only whether it is
 * set or empty; `hidden`: the file has the key and does not show the value.
 */
export type DiffSide =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'secret'; readonly state: 'set' | 'empty' | 'hidden' };

export interface ConfigDifference {
  readonly key: ConfigKey;
  readonly label: string;
  /**
   * `cannot-tell`: a secret that at least one of the files hides or writes otherwise at each reading, or a key that one
   * of them leaves out without saying what that means.
   */
  readonly verdict: 'different' | 'cannot-tell';
  readonly before: DiffSide;
  readonly after: DiffSide;
}

export interface DiffOptions {
  /** Keys that are secrets though their names do not say so, such as P34. */
  readonly secretKeys: ReadonlySet<ConfigKey>;
  /** What it means that a file does not have a key: `unset`, or `unknown` where units leave out what is the default. */
  readonly absent: 'unset' | 'unknown';
}

/** What differs between two readings, or between what is wanted and what was read. Keys that are equal are left out. */
export function diffSettings(before: Settings, after: Settings, options: DiffOptions): ConfigDifference[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    const [one, other] = [before.get(key), after.get(key)];
    const verdict = verdictOf(one, other, options);
    if (verdict === 'equal') return [];
    const secret = options.secretKeys.has(key) || isSecret(one) || isSecret(other);
    const label = other?.label ?? one?.label ?? key;
    return [{ key, label, verdict, before: sideOf(one, secret), after: sideOf(other, secret) }];
  });
}

function verdictOf(
  one: ConfigSetting | undefined,
  other: ConfigSetting | undefined,
  { absent }: DiffOptions,
): 'equal' | ConfigDifference['verdict'] {
  if (one === undefined || other === undefined) return absent === 'unset' ? 'different' : 'cannot-tell';
  // Cisco writes the same comment for passwords that are set and that are empty.
  if (one.value === null || other.value === null) return 'cannot-tell';
  if (one.value === other.value) return 'equal';
  // The unit makes another text of the same secret at each reading, but never of an empty one and a set one.
  const opaque = one.secret === 'opaque' || other.secret === 'opaque';
  return opaque && one.value !== '' && other.value !== '' ? 'cannot-tell' : 'different';
}

function isSecret(setting: ConfigSetting | undefined): boolean {
  return setting !== undefined && setting.secret !== 'none';
}

function sideOf(setting: ConfigSetting | undefined, secret: boolean): DiffSide {
  if (setting === undefined) return { kind: 'absent' };
  const { value } = setting;
  if (value === null) return { kind: 'secret', state: 'hidden' };
  if (secret) return { kind: 'secret', state: value === '' ? 'empty' : 'set' };
  return { kind: 'value', value };
}
