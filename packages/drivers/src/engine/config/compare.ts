import type { FieldId } from '@loopstart/domain';
import type {
  ConfigChange,
  ConfigKey,
  ConfigLayout,
  ConfigMapping,
  ConfigUnit,
  ReadSetting,
} from '../slices/config.ts';
import { layoutFor, mappingOf, type ConfigDriver } from './layouts.ts';
import { hasAny, readAt, type ReadSettings } from './read.ts';
import type { WrittenSetting } from './wish.ts';
import { isRefused } from './words.ts';

/** What was last written into the secrets of a gateway, which does not show them. */
export interface PushedSecrets {
  /** Keyed hashes by key. */
  readonly hashes: ReadonlyMap<ConfigKey, string>;
  hashOf(value: string): string;
}

/** How one setting of a gateway stands to what is wanted. */
export interface ComparedSetting {
  /** Null: which profile a port uses. */
  readonly field: FieldId | null;
  readonly position: number | null;
  /** `cannot-tell` is no difference: nothing follows from it. */
  readonly state: 'equal' | 'different' | 'cannot-tell';
  /** Null where it is equal. Never has a secret in it. */
  readonly reason: string | null;
}

/** Compares what `renderConfig` wrote with what the gateway has now. */
export function compareConfig(
  driver: ConfigDriver,
  unit: ConfigUnit,
  wanted: readonly WrittenSetting[],
  { settings, secrets }: { readonly settings: ReadSettings; readonly secrets?: PushedSecrets },
): readonly ComparedSetting[] {
  const layout = layoutFor(driver, unit);
  return wanted.map((one) => {
    const { field, position } = one;
    if (isRefused(layout)) return { field, position, state: 'cannot-tell', reason: layout.refused };
    return { field, position, ...compareOne(mappingFor(layout, one), one, settings, secrets) };
  });
}

type Outcome = Pick<ComparedSetting, 'state' | 'reason'>;
const EQUAL: Outcome = { state: 'equal', reason: null };
const cannotTell = (reason: string): Outcome => ({ state: 'cannot-tell', reason });

function mappingFor(layout: ConfigLayout, { field, place }: WrittenSetting): ConfigMapping<unknown> | undefined {
  if (field !== null) return mappingOf(layout, field);
  return (place.scope === 'port' ? layout.profiles?.ofPort : layout.profiles?.activation) as
    | ConfigMapping<unknown>
    | undefined;
}

function compareOne(
  mapping: ConfigMapping<unknown> | undefined,
  one: WrittenSetting,
  settings: ReadSettings,
  secrets: PushedSecrets | undefined,
): Outcome {
  const secret = one.changes.find((change) => change.kind === 'set' && change.isSecret);
  if (secret?.kind === 'set') return compareSecret(secret, settings.get(secret.key), secrets);
  if (one.changes.every((change) => isAsWanted(change, settings))) return EQUAL;
  const isMissing = one.changes.some(({ kind, key }) => kind === 'set' && !settings.has(key));
  if (isMissing) return cannotTell('the gateway does not list it: it has its default, or never had a value');
  if (mapping === undefined) return cannotTell('nothing reads it');
  const found = readAt(mapping, one.place, settings);
  if (found.state === 'cannot-tell' && one.changes.some(({ key }) => settings.get(key)?.value === null)) {
    return cannotTell(found.reason);
  }
  const wanted = readAt(mapping, one.place, overlaid(settings, one.changes));
  const isSame =
    wanted.state === 'value' && found.state === 'value' && JSON.stringify(wanted.value) === JSON.stringify(found.value);
  return isSame ? EQUAL : { state: 'different', reason: differences(one.changes, settings) };
}

function isAsWanted(change: ConfigChange, settings: ReadSettings): boolean {
  if (change.kind === 'remove') return !hasAny(settings, change.key);
  const read = settings.get(change.key);
  if (change.value === '' && read === undefined) return true;
  return read !== undefined && change.value === read.value;
}

function compareSecret(
  wanted: Extract<ConfigChange, { kind: 'set' }>,
  read: ReadSetting | undefined,
  secrets: PushedSecrets | undefined,
): Outcome {
  const isReadable = read?.secret === 'plain' || read?.secret === 'none';
  if (isReadable && read.value !== null && read.value !== '') {
    return read.value === wanted.value ? EQUAL : { state: 'different', reason: 'the gateway has another secret' };
  }
  const hash = secrets?.hashes.get(wanted.key);
  if (hash === undefined) return cannotTell('the gateway does not show it, and Loopstart has not written it yet');
  return secrets?.hashOf(wanted.value) === hash
    ? EQUAL
    : { state: 'different', reason: 'another secret was written last' };
}

function overlaid(settings: ReadSettings, changes: readonly ConfigChange[]): ReadSettings {
  const result = new Map(settings);
  for (const change of changes) {
    if (change.kind === 'set') result.set(change.key, { value: change.value, secret: 'none' });
    else result.delete(change.key);
  }
  return result;
}

function differences(changes: readonly ConfigChange[], settings: ReadSettings): string {
  const differing = changes.filter((change) => !isAsWanted(change, settings));
  return differing
    .map((change) => {
      const found = settings.get(change.key)?.value;
      const wanted = change.kind === 'set' ? `"${change.value}"` : 'nothing';
      return `${change.key} is ${found === undefined ? 'absent' : `"${found}"`} instead of ${wanted}`;
    })
    .join('; ');
}
