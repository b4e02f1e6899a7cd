import {
  CHANGE_COSTS,
  type ChangeCost,
  type FieldId,
  fieldOf,
  type ResolvedSetting,
  type SettingResolution,
} from '../../telephony/index.ts';

/** One field that differs for one gateway or port. Null: not set. */
export interface SettingChange {
  readonly field: FieldId;
  readonly before: ResolvedSetting | null;
  readonly after: ResolvedSetting | null;
  readonly cost: ChangeCost;
}

/** Whether two values of a field mean the same: a name may stand for something that changed. */
export type SameMeaning = (field: FieldId, before: unknown, after: unknown) => boolean;

/** The fields whose value, or what it means, differs. Another origin of the same value is no difference. */
export function changedSettings(
  before: SettingResolution['values'],
  after: SettingResolution['values'],
  isSame: SameMeaning = (_field, was, is) => sameValue(was, is),
): SettingChange[] {
  const changes: SettingChange[] = [];
  for (const field of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(field) ?? null;
    const is = after.get(field) ?? null;
    if (isSame(field, was?.value ?? null, is?.value ?? null)) continue;
    changes.push({ field, before: was, after: is, cost: fieldOf(field).cost });
  }
  return changes;
}

/** Whether two values of a field are the same. Objects of values have their members in one order, whoever wrote them. */
export const sameValue = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** The costliest of several; `live` of none. */
export function costliest(costs: Iterable<ChangeCost>): ChangeCost {
  let at = 0;
  for (const cost of costs) at = Math.max(at, CHANGE_COSTS.indexOf(cost));
  return CHANGE_COSTS[at]!;
}
