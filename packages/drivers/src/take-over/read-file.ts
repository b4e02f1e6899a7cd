import { type AnyConfigFormat, CONFIG_FORMATS } from '../config-formats/index.ts';
import type { ConfigFormatId, ConfigKey, ConfigNote, ConfigSetting } from '../config-formats/format.ts';

/** Why nothing is taken over. `line` from 1; null: of the whole file, or no matter of the file. */
export interface NotTakenOver {
  readonly refused: { readonly line: number | null; readonly expected: string; readonly found: string | null };
}

/** A file that was read whole. */
export interface FileRead {
  readonly format: AnyConfigFormat;
  readonly document: unknown;
  readonly settings: ReadonlyMap<ConfigKey, ConfigSetting>;
  readonly notes: readonly ConfigNote[];
}

/**
 * Reads a file in the language of the gateway; a file in another, a malformed one and a cut one are refused.
 * `secretKeys`: keys that the settings of the model have for secrets, whatever the format says of them.
 */
export function readFile(
  id: ConfigFormatId,
  bytes: Uint8Array,
  secretKeys: ReadonlySet<ConfigKey>,
): FileRead | NotTakenOver {
  const format = CONFIG_FORMATS.find((candidate) => candidate.id === id)!;
  const parsed = format.parse(bytes);
  if (!parsed.ok) {
    const [error] = parsed.errors;
    return { refused: error ?? { line: null, expected: `a ${format.name}`, found: 'something else' } };
  }
  const { document, notes } = parsed;
  if (format.ending(document) === 'cut')
    return { refused: { line: null, expected: 'a whole file', found: 'one whose last line is cut' } };
  return { format, document, settings: unmaskedOnly(format.settings(document), secretKeys), notes };
}

/** What stands for a secret in a file that hides it: one character again and again, such as asterisks. */
const MASK = /^(?:([^A-Za-z0-9])\1*|x+)$/i;

/** The settings, with a mask read as what it is: a value that is there and not known. */
function unmaskedOnly(
  settings: ReadonlyMap<ConfigKey, ConfigSetting>,
  secretKeys: ReadonlySet<ConfigKey>,
): ReadonlyMap<ConfigKey, ConfigSetting> {
  const result = new Map(settings);
  for (const [key, setting] of settings) {
    const isSecret = setting.secret !== 'none' || secretKeys.has(key);
    if (isSecret && setting.value !== null && MASK.test(setting.value))
      result.set(key, { ...setting, value: null, secret: 'masked' });
    else if (isSecret && setting.secret === 'none') result.set(key, { ...setting, secret: 'plain' });
  }
  return result;
}
