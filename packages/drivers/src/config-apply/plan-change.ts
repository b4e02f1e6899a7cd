import type { ApplyReasonCode, FoundSetting, WantedSetting } from '@loopstart/domain';
import type { ConfigChange, ConfigFormatId, ConfigKey, ConfigSetting } from '../config-formats/format.ts';
import { CONFIG_FORMATS, type AnyConfigFormat } from '../config-formats/index.ts';
import type { ConfigProcedure } from './procedure.ts';

/** A change as a job has it: a secret comes with its present value, where that is known. */
export type JobChange = ConfigChange & {
  readonly secret?: boolean | undefined;
  readonly former?: string | null | undefined;
};

/** A configuration that was read, understood. */
export interface ReadConfig {
  readonly format: ConfigFormatId;
  readonly settings: ReadonlyMap<ConfigKey, ConfigSetting>;
}

export interface Refused {
  readonly refused: ApplyReasonCode;
  readonly detail: string;
}

/** A change of one configuration, forth and back. */
export interface PlannedChange {
  /** The texts to write. */
  readonly forth: string;
  readonly back: string;
  /** What the owned keys have after the change, and what they had before it. */
  readonly after: readonly WantedSetting[];
  readonly before: readonly WantedSetting[];
  /** All settings as they will be. */
  readonly predicted: ReadonlyMap<ConfigKey, FoundSetting>;
}

interface Understood {
  format: AnyConfigFormat;
  document: unknown;
}

/** Understands a configuration that a gateway wrote. A file that ends in the middle is refused. */
export function readConfig(procedure: ConfigProcedure, bytes: Uint8Array): ReadConfig | Refused {
  const read = understand(procedure, bytes);
  if ('refused' in read) return read;
  return { format: read.format.id, settings: read.format.settings(read.document) };
}

/**
 * Plans a change of a configuration as it was read. The keys that it owns are those that it names and every other that
 * the format changes with them (the columns of a row). Back is the same keys with their values of before.
 */
export function planChange(
  procedure: ConfigProcedure,
  bytes: Uint8Array,
  wanted: readonly JobChange[],
  mac: string | null,
): PlannedChange | Refused {
  const read = understand(procedure, bytes);
  if ('refused' in read) return read;
  const { format, document } = read;
  const settings = format.settings(document);
  // What must be empty is so where the unit does not have it.
  const changes = wanted.filter((change) => !isEmpty(change) || settings.has(format.canonicalKey(change.key)));
  const unknown = changes.find(({ key }) => procedure.writesAllKeys && !settings.has(format.canonicalKey(key)));
  if (unknown !== undefined) return { refused: 'malformed', detail: `This unit has no setting ${unknown.key}.` };
  const patched = format.patch(document, changes);
  if (!patched.ok) return malformed(patched.errors);
  const predicted = format.settings(patched.document);
  const named = new Map(changes.map((change) => [format.canonicalKey(change.key), change]));
  const owned = new Set([...named.keys()].filter((key) => settings.has(key) || predicted.has(key)));
  for (const key of new Set([...settings.keys(), ...predicted.keys()]))
    if (settings.get(key)?.value !== predicted.get(key)?.value) owned.add(key);
  const isSecret = (key: ConfigKey) =>
    named.get(key)?.secret === true || (settings.get(key) ?? predicted.get(key))?.secret !== 'none';
  const before: WantedSetting[] = [];
  for (const key of owned) {
    const value = formerValue(settings.get(key), named.get(key), isSecret(key));
    if (value === undefined)
      return { refused: 'former-secret-unknown', detail: `The present value of ${key} is hidden and not known.` };
    before.push({ key, value, secret: isSecret(key) });
  }
  const after = [...owned].map((key) => ({ key, value: predicted.get(key)?.value ?? null, secret: isSecret(key) }));
  const returns = before.map(({ key, value }): ConfigChange =>
    value === null ? { kind: 'remove', key } : { kind: 'set', key, value },
  );
  const forth = textOf(procedure, format, document, changes, mac);
  if (typeof forth !== 'string') return forth;
  // Whole texts are the configuration of before, with the secrets that it hides; changes are made to the changed one.
  const back = textOf(procedure, format, procedure.writes === 'whole' ? document : patched.document, returns, mac);
  if (typeof back !== 'string') return back;
  return { forth, back, after, before, predicted };
}

const isEmpty = (change: JobChange): boolean => change.kind === 'remove' || change.value === '';

function understand(procedure: ConfigProcedure, bytes: Uint8Array): Understood | Refused {
  for (const format of CONFIG_FORMATS) {
    if (!procedure.formats.includes(format.id)) continue;
    const parsed = format.parse(bytes);
    if (!parsed.ok) continue;
    if (format.ending(parsed.document) === 'cut')
      return { refused: 'unreadable', detail: 'The configuration that was read ends in the middle.' };
    return { format, document: parsed.document };
  }
  return { refused: 'unreadable', detail: 'What was read is no configuration of this model.' };
}

/** Null: it was not set. Undefined: it was set, is hidden, and is not known otherwise. */
function formerValue(
  is: ConfigSetting | undefined,
  change: JobChange | undefined,
  secret: boolean,
): string | null | undefined {
  if (is !== undefined && is.value !== null && is.secret !== 'masked' && is.secret !== 'opaque') {
    // A blank secret may be a hidden one.
    if (!secret || is.value !== '') return is.value;
  }
  if (is === undefined && !secret) return null;
  return change?.former ?? undefined;
}

function textOf(
  procedure: ConfigProcedure,
  format: AnyConfigFormat,
  document: unknown,
  changes: readonly ConfigChange[],
  mac: string | null,
): string | Refused {
  if (procedure.writes === 'whole') {
    const patched = format.patch(document, changes);
    return patched.ok ? new TextDecoder().decode(format.render(patched.document)) : malformed(patched.errors);
  }
  if (format.incremental === undefined)
    return { refused: 'not-verified', detail: `${format.name} has no changes alone.` };
  const made = format.incremental(changes, { document, ...(mac === null ? {} : { mac }) });
  return made.ok ? made.text : malformed(made.errors);
}

function malformed(errors: readonly { reason: string }[]): Refused {
  return { refused: 'malformed', detail: errors[0]?.reason ?? 'The change cannot be written.' };
}
