/** One field of an audit entry. `before` is undefined where what was there before was not recorded. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields that an entry changed, in the order of the request; those that stayed as they were are left out. */
export function fieldChanges(before: Fields | null, after: Fields): FieldChange[] {
  return Object.entries(after).flatMap(([field, value]) => {
    const recorded = before !== null && Object.hasOwn(before, field);
    if (recorded && isSame(before[field], value)) return [];
    return [{ field, before: recorded ? before[field] : undefined, after: value }];
  });
}

/** Whether two values of JSON are the same; fields of objects may come in any order. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Fields, b as Fields];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key]))
  );
}
