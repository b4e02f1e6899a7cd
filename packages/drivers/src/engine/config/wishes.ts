import { TELEPHONY_FIELD_IDS, fieldOf, type FieldId, type Settings } from '@loopstart/domain';
import type { ConfigLayout, ConfigMapping, Refused } from '../slices/config.ts';
import type { Allocation } from './profiles.ts';
import { indexesOf, mappingOf } from './layouts.ts';
import type { PlannedPort } from './wish.ts';
import { list } from './words.ts';

/** One value at one place of the configuration. */
export interface Wish {
  readonly field: FieldId;
  readonly mapping: ConfigMapping<unknown>;
  readonly index: number;
  readonly value: unknown;
  readonly others: Settings;
}

/** The places of a field that were asked for, or why its ports cannot have what they ask for. */
export type Wishes = readonly Wish[] | Refused;

export interface WishContext {
  readonly layout: ConfigLayout;
  readonly gateway: Settings;
  /** In the order of their positions. */
  readonly ports: readonly PlannedPort[];
  readonly positions: readonly number[];
  readonly profiles: Exclude<Allocation, { refused: string }>;
}

/** The fields that anything asks for, in the order of the model. */
export function askedFields({ gateway, ports }: Pick<WishContext, 'gateway' | 'ports'>): readonly FieldId[] {
  const asks = (settings: Settings, field: FieldId) => settings[field] !== undefined && settings[field] !== null;
  return TELEPHONY_FIELD_IDS.filter((field) =>
    fieldOf(field).level === 'gateway' ? asks(gateway, field) : ports.some(({ settings }) => asks(settings, field)),
  );
}

export function wishesOf(field: FieldId, context: WishContext): Wishes {
  const { layout, gateway, ports, positions, profiles } = context;
  const mapping = mappingOf(layout, field);
  if (mapping === undefined) return [];
  const wish = (index: number, value: unknown, others: Settings): Wish => ({ field, mapping, index, value, others });
  if (fieldOf(field).level === 'gateway') {
    const isWhole = positions.every((position) => profiles.ofPort.has(position));
    const indexes =
      mapping.scope === 'profile' && isWhole ? profiles.used : indexesOf(mapping.scope, layout, positions);
    return indexes.map((index) => wish(index, gateway[field], gateway));
  }
  const asking = ports.filter(({ settings }) => settings[field] !== undefined);
  if (mapping.scope === 'port')
    return asking.map(({ position, settings }) => wish(position, settings[field], settings));
  if (mapping.scope === 'profile') {
    return profiles.used.flatMap((profile) => {
      const first = asking.find(({ position }) => profiles.ofPort.get(position) === profile);
      return first === undefined ? [] : [wish(profile, first.settings[field], first.settings)];
    });
  }
  return sharedByAll(field, ports, wish);
}

/** A setting of ports that this gateway has once: every port has to say the same. */
function sharedByAll(
  field: FieldId,
  ports: readonly PlannedPort[],
  wish: (index: number, value: unknown, others: Settings) => Wish,
): Wishes {
  const managed = ports.filter(({ settings }) => Object.keys(settings).length > 0);
  const first = managed.find(({ settings }) => settings[field] !== undefined);
  if (first === undefined) return [];
  const text = JSON.stringify(first.settings[field]);
  const differing = managed.filter(({ settings }) => JSON.stringify(settings[field]) !== text);
  if (differing.length === 0) return [wish(1, first.settings[field], first.settings)];
  const named = `port ${first.position} and ${differing.length === 1 ? 'port' : 'ports'} ${list(differing.map(({ position }) => position))}`;
  return { refused: `this gateway has one value for all of its ports, and ${named} differ` };
}
