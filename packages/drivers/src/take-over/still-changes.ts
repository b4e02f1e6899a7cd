import { type FieldId, fieldOf, type Settings } from '@loopstart/domain';
import { driverById } from '../drivers.ts';
import { compareConfig, type ConfigWish, renderConfig } from '../engine/config/index.ts';
import type { TakenOver } from './take-over.ts';

/** A setting whose publication would change the gateway that was taken over. */
export interface StillChanges {
  /** Null: which profile a port uses. */
  readonly field: FieldId | null;
  /** Null: the whole gateway, or several ports. */
  readonly position: number | null;
  readonly keys: readonly { readonly key: string; readonly before: string | null; readonly after: string | null }[];
}

/**
 * What a wish would change on a gateway that has this configuration. Secrets are left out: what is written there is what
 * was read, or what somebody entered.
 */
export function stillChanges(driverId: string, taken: TakenOver, wish: ConfigWish): readonly StillChanges[] {
  const driver = driverById(driverId)!;
  const { unit, file } = taken;
  const shown = {
    gateway: withoutSecrets(wish.gateway),
    ports: wish.ports.map((port) => ({ ...port, settings: withoutSecrets(port.settings) })),
  };
  const { written } = renderConfig(driver, unit, shown);
  const compared = compareConfig(driver, unit, written, { settings: file.settings });
  return written.flatMap(({ field, position, changes }, at) => {
    if (compared[at]!.state === 'equal') return [];
    const keys = changes.map((change) => ({
      key: change.key,
      before: file.settings.get(change.key)?.value ?? null,
      after: change.kind === 'set' ? change.value : null,
    }));
    return [{ field, position, keys: keys.filter(({ before, after }) => before !== after) }];
  });
}

const withoutSecrets = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([field]) => fieldOf(field as FieldId).secret !== true));
