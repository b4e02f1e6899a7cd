import { type FieldId, fieldOf, type Settings, TELEPHONY_FIELD_IDS } from '@loopstart/domain';
import { driverById } from '../drivers.ts';
import { indexesOf, layoutFor, mappingOf, positionsOf } from '../engine/config/layouts.ts';
import { isRefused } from '../engine/config/words.ts';
import type { NotWritten } from '../engine/config/wish.ts';
import type { TakenOver } from './take-over.ts';

/** A setting that one of the keys is of. `position` null: of the whole gateway, or of every port that shares the key. */
interface Touched {
  readonly field: FieldId;
  readonly position: number | null;
  readonly keys: readonly string[];
}

const SECRET = 'a secret is not taken from what was read: enter it in the draft';
const DIAL_PLAN = 'it is in the language of the gateway: rules are not made of it';

/**
 * A configuration that was taken over, with nothing but the settings that some of its keys are of. Secrets are not among
 * them. Each key ends in a setting, in `kept` or in `unread` with the reason.
 */
export function narrowTo(driverId: string, taken: TakenOver, keys: ReadonlySet<string>): TakenOver {
  const touched = touchedBy(driverId, taken, keys);
  const isTouched = (field: FieldId | null, position: number | null) =>
    touched.some(
      (one) => one.field === field && (one.position === null || position === null || one.position === position),
    );
  const narrowed = (settings: Settings, position: number | null): Settings =>
    Object.fromEntries(
      Object.entries(settings).filter(
        ([field]) => isTouched(field as FieldId, position) && fieldOf(field as FieldId).secret !== true,
      ),
    );
  const gateway = narrowed(taken.gateway, null);
  const ports = taken.ports.map(({ position, settings }) => ({ position, settings: narrowed(settings, position) }));
  const isRead = ({ field, position }: Touched) =>
    field in gateway ||
    ports.some((port) => (position === null || port.position === position) && field in port.settings);
  const unread = taken.unread.filter(({ field, position }) => field !== null && isTouched(field, position));
  const isNamed = ({ field, position }: Touched) =>
    unread.some((one) => one.field === field && (one.position === null || one.position === position));
  const lost = touched.filter((one) => !isRead(one) && !isNamed(one));
  const owned = new Set(touched.flatMap((one) => one.keys));
  const kept = taken.kept.filter(({ key }) => keys.has(key));
  const foreign = [...keys].filter((key) => !owned.has(key) && !kept.some((one) => one.key === key));
  return {
    ...taken,
    gateway,
    ports,
    kept,
    unread: [
      ...unread,
      ...lost.map((one) => ({ field: one.field, position: one.position, reason: reasonOf(one) })),
      ...foreign.map((key): NotWritten => ({ field: null, position: null, reason: `no setting is read from ${key}` })),
    ],
  };
}

function reasonOf({ field, keys }: Touched): string {
  if (field === 'port.dialPlan') return DIAL_PLAN;
  if (fieldOf(field).secret === true) return SECRET;
  return `what the gateway has there is no value of this setting (${keys.join(', ')})`;
}

function touchedBy(driverId: string, { unit }: TakenOver, keys: ReadonlySet<string>): readonly Touched[] {
  const driver = driverById(driverId)!;
  const layout = layoutFor(driver, unit);
  if (isRefused(layout)) return [];
  const positions = positionsOf(driver, unit, layout);
  return TELEPHONY_FIELD_IDS.flatMap((field) => {
    const mapping = mappingOf(layout, field);
    if (mapping === undefined) return [];
    const { scope } = mapping;
    return indexesOf(scope, layout, positions).flatMap((index): Touched[] => {
      const own = (mapping.keys({ unit, scope, index }) ?? []).filter((key) => keys.has(key));
      if (own.length === 0) return [];
      return [{ field, position: scope === 'port' && fieldOf(field).level === 'port' ? index : null, keys: own }];
    });
  });
}
