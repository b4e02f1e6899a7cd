import type { Compared } from './facts.ts';

/** A setting of a read-back. A secret is `opaque` or `masked` where its text is not comparable. */
export interface FoundSetting {
  /** Null: there, and not shown. */
  value: string | null;
  secret: 'none' | 'plain' | 'opaque' | 'masked';
}

/** What a key must have: a value, or null for absent. */
export interface WantedSetting {
  key: string;
  value: string | null;
  secret: boolean;
}

export interface SettingDifference {
  key: string;
  result: 'different' | 'cannot-tell';
  expected: string | null;
  found: string | null;
  secret: boolean;
}

export interface SettingsComparison {
  result: Compared;
  /** Secrets that are hidden: not differences, but not proven either. */
  hiddenSecrets: number;
  differences: SettingDifference[];
}

/**
 * Compares the owned keys with a read-back. Three-valued: a key that cannot be compared is neither equal nor different.
 * `absentMeans`: what an absent key means where the gateway writes its settings; `default`: left out because it has the
 * factory default, which is not known here. Values of secrets never come out.
 */
export function compareSettings(
  wanted: readonly WantedSetting[],
  found: ReadonlyMap<string, FoundSetting>,
  absentMeans: 'not-set' | 'default',
): SettingsComparison {
  let hiddenSecrets = 0;
  const differences: SettingDifference[] = [];
  for (const { key, value, secret } of wanted) {
    const is = found.get(key);
    const hidden = is !== undefined && (is.value === null || is.secret === 'opaque' || is.secret === 'masked');
    // Left out, or blank: that is how some gateways hide it.
    const isBlank = is === undefined || is.value === '';
    if (secret && value !== null && value !== '' && (hidden || isBlank)) {
      hiddenSecrets += 1;
      continue;
    }
    const result = oneSetting(value, is, hidden, absentMeans);
    if (result === 'equal') continue;
    const show = (text: string | null) => (secret || hidden || text === null ? null : text.slice(0, 500));
    const isSecret = secret || (is !== undefined && is.secret !== 'none');
    differences.push({
      key,
      result,
      expected: isSecret ? null : show(value),
      found: isSecret ? null : show(is?.value ?? null),
      secret: isSecret,
    });
  }
  const different = differences.some((one) => one.result === 'different');
  return {
    result: different ? 'different' : differences.length > 0 ? 'cannot-tell' : 'equal',
    hiddenSecrets,
    differences,
  };
}

function oneSetting(
  value: string | null,
  is: FoundSetting | undefined,
  hidden: boolean,
  absentMeans: 'not-set' | 'default',
): 'equal' | SettingDifference['result'] {
  if (is === undefined) {
    if (value === null || value === '') return 'equal';
    return absentMeans === 'default' ? 'cannot-tell' : 'different';
  }
  if (hidden) return 'cannot-tell';
  return is.value === (value ?? '') ? 'equal' : 'different';
}

/** A value that emergency calls need. */
export interface EmergencyNeed {
  key: string;
  match: 'equals' | 'includes';
  value: string;
}

/** The needs of emergency calls that a configuration does not show; a hidden value shows nothing. */
export function missingForEmergency(
  needs: readonly EmergencyNeed[],
  found: ReadonlyMap<string, Pick<FoundSetting, 'value'>>,
): EmergencyNeed[] {
  return needs.filter(({ key, match, value }) => {
    const is = found.get(key)?.value ?? null;
    if (is === null) return true;
    return match === 'equals' ? is !== value : !is.includes(value);
  });
}
