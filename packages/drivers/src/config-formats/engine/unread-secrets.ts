import type { ConfigChange, ConfigKey, ConfigSetting } from '../format.ts';
import { ChangeRefused } from './refusals.ts';

/** Whether a secret may be another than the file says: hidden, empty, or stars. Units write passwords in these ways. */
export function isUnreadSecret({ secret, value }: ConfigSetting): boolean {
  return secret !== 'none' && (value === null || value === '' || /^\*+$/.test(value));
}

/**
 * Throws where settings are written again without a change, and one of them is a secret that was not read: the unit would
 * lose it.
 */
export function checkSecretsKept(
  settings: ReadonlyMap<ConfigKey, ConfigSetting>,
  changes: readonly ConfigChange[],
  isWrittenAgain: (key: ConfigKey) => boolean,
): void {
  const set = new Set(changes.flatMap((change) => (change.kind === 'set' ? [change.key] : [])));
  for (const setting of settings.values()) {
    const { key, label } = setting;
    if (!isWrittenAgain(key) || set.has(key) || !isUnreadSecret(setting)) continue;
    throw new ChangeRefused(
      key,
      `${label} would be lost: its table is written again, and the file does not show it; set it too`,
    );
  }
}

/**
 * Secrets that a unit would lose if this file were loaded as it is, because it shows them hidden, empty or as stars. They
 * have to be set before a file replaces a whole configuration. `secretKeys`: secrets whose names do not say so, as P34.
 */
export function unreadSecrets(
  settings: ReadonlyMap<ConfigKey, ConfigSetting>,
  secretKeys: ReadonlySet<ConfigKey>,
): ConfigKey[] {
  return [...settings.values()]
    .filter((setting) => isUnreadSecret(secretKeys.has(setting.key) ? { ...setting, secret: 'plain' } : setting))
    .map(({ key }) => key);
}
