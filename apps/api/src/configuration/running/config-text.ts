import { gunzipSync } from 'node:zlib';
import type { ConfigKeyChange } from '@loopstart/contracts';
import { CONFIG_FORMATS } from '@loopstart/drivers/config-formats';

/** One setting of a running configuration. */
export interface RunSetting {
  value: string | null;
  secret: 'none' | 'plain' | 'opaque' | 'masked';
}
export type RunSettings = ReadonlyMap<string, RunSetting>;

const HIDDEN = '(hidden)';

/** The bytes that an agent sent, after they were opened. */
export const bytesOf = (gzipBase64: string): Buffer => gunzipSync(Buffer.from(gzipBase64, 'base64'));

/** The settings of a configuration; null where its language is not read. */
export function settingsOfText(format: string, bytes: Uint8Array): RunSettings | null {
  const reader = CONFIG_FORMATS.find(({ id }) => id === format);
  const parsed = reader?.parse(bytes);
  return reader === undefined || parsed?.ok !== true ? null : reader.settings(parsed.document);
}

/**
 * The settings as lines, in the order of the file. It is made of what was read alone, so that neither a comment nor a
 * secret that is written in another place comes along. `secretKeys`: what Loopstart wrote as secrets.
 */
export function maskedText(settings: RunSettings, secretKeys: ReadonlySet<string>): string {
  return [...settings].map(([key, setting]) => `${key} = ${shownValue(key, setting, secretKeys) ?? HIDDEN}\n`).join('');
}

/** The keys that differ between two configurations; of secrets only that they do. */
export function changedKeys(
  before: RunSettings,
  after: RunSettings,
  secretKeys: ReadonlySet<string>,
): ConfigKeyChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => {
    const [a, b] = [before.get(key), after.get(key)];
    if (a?.value === b?.value && (a === undefined) === (b === undefined)) return [];
    const isSecret = isSecretSetting(key, a, secretKeys) || isSecretSetting(key, b, secretKeys);
    const side = (setting: RunSetting | undefined) => (isSecret ? null : (setting?.value ?? null));
    return [{ key, before: side(a), after: side(b), isSecret }];
  });
}

function shownValue(key: string, setting: RunSetting, secretKeys: ReadonlySet<string>): string | null {
  return isSecretSetting(key, setting, secretKeys) ? null : setting.value;
}

const isSecretSetting = (key: string, setting: RunSetting | undefined, secretKeys: ReadonlySet<string>): boolean =>
  secretKeys.has(key) || (setting !== undefined && setting.secret !== 'none');
