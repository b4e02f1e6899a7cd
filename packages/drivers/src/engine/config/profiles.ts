import { TELEPHONY_FIELD_IDS, fieldOf } from '@loopstart/domain';
import type { ConfigLayout } from '../slices/config.ts';
import { mappingOf } from './layouts.ts';
import type { PlannedPort } from './wish.ts';
import { list } from './words.ts';

/** The profile of each port by its position, or why the wishes need more profiles than there are. */
export type Allocation =
  | { readonly ofPort: ReadonlyMap<number, number>; readonly used: readonly number[] }
  | { readonly refused: string };

/**
 * Puts ports with the same values of the settings that profiles hold on one profile. Profiles are numbered by the
 * lowest position that uses them, so that the same wishes give the same file.
 */
export function allocateProfiles(layout: ConfigLayout, ports: readonly PlannedPort[]): Allocation {
  const count = layout.profiles?.count ?? 0;
  const shared = TELEPHONY_FIELD_IDS.filter(
    (field) => fieldOf(field).level === 'port' && mappingOf(layout, field)?.scope === 'profile',
  );
  const groups = new Map<string, number[]>();
  for (const { position, settings } of ports) {
    const values = JSON.stringify(shared.map((field) => settings[field] ?? null));
    const group = groups.get(values);
    if (group === undefined) groups.set(values, [position]);
    else group.push(position);
  }
  const positions = [...groups.values()];
  if (positions.length > count) {
    const named = positions.map((group) => (group.length === 1 ? `port ${group[0]}` : `ports ${list(group)}`));
    const each = `they need ${positions.length} different groups of line settings (${named.join('; ')})`;
    return { refused: `this gateway has ${count} profiles for its ports, and ${each}` };
  }
  return {
    ofPort: new Map(positions.flatMap((group, at) => group.map((position) => [position, at + 1] as const))),
    used: positions.map((_, at) => at + 1),
  };
}
