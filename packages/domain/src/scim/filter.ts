export const SCIM_OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'pr'] as const;
export type ScimOperator = (typeof SCIM_OPERATORS)[number];
export type ScimValue = string | number | boolean | null;

/** A filter (RFC 7644, section 3.4.2.2), as its parser answers. Attributes are in lower case: their names have no case. */
export type ScimFilter =
  | { kind: 'compare'; attribute: string; op: ScimOperator; value: ScimValue }
  | { kind: 'and' | 'or'; of: readonly ScimFilter[] }
  | { kind: 'not'; of: ScimFilter }
  /** At least one element of a list: `emails[type eq "work"]`. */
  | { kind: 'some'; attribute: string; of: ScimFilter };

/** Whether an element of a list matches. Texts are compared without case, as RFC 7643 says of all of ours. */
export function matchesElement(filter: ScimFilter, element: Readonly<Record<string, unknown>>): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.every((one) => matchesElement(one, element));
    case 'or':
      return filter.of.some((one) => matchesElement(one, element));
    case 'not':
      return !matchesElement(filter.of, element);
    case 'some':
      return false;
    case 'compare':
      return compares(filter, Object.hasOwn(element, filter.attribute) ? element[filter.attribute] : null);
  }
}

function compares({ op, value }: { op: ScimOperator; value: ScimValue }, actual: unknown): boolean {
  if (op === 'pr') return actual !== null && actual !== undefined && actual !== '';
  const [a, b] = [plain(actual), plain(value)];
  if (op === 'eq' || op === 'ne') return (a === b) === (op === 'eq');
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  if (op === 'co') return a.includes(b);
  return op === 'sw' ? a.startsWith(b) : a.endsWith(b);
}

/** Entra ID compares switches with texts: `primary eq "True"`. */
const plain = (value: unknown): unknown => {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === 'true' || text === 'false') return text === 'true';
  return text;
};

/** The values that a filter of one element demands by `eq`, for an element that is made by it; null where it demands others. */
export function demandsOf(filter: ScimFilter): Record<string, ScimValue> | null {
  if (filter.kind === 'compare') return filter.op === 'eq' ? { [filter.attribute]: filter.value } : null;
  if (filter.kind !== 'and') return null;
  const parts = filter.of.map(demandsOf);
  return parts.every((part) => part !== null) ? Object.assign({}, ...parts) : null;
}
