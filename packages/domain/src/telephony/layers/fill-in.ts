/** The name of a variable in braces, such as `{site.code}`. */
const VARIABLE = /\{([a-z][A-Za-z0-9.-]{0,39})\}/g;

/** A value with its variables filled in, and the names that nothing defines. */
export interface FilledIn {
  readonly value: unknown;
  readonly unknown: readonly string[];
}

/** Fills variables into every text of a value. What is filled in is not searched again. */
export function fillIn(value: unknown, variables: Readonly<Record<string, string>>): FilledIn {
  const unknown = new Set<string>();
  const fill = (part: unknown): unknown => {
    if (typeof part === 'string') {
      return part.replaceAll(VARIABLE, (whole, name: string) => {
        if (Object.hasOwn(variables, name)) return variables[name]!;
        unknown.add(name);
        return whole;
      });
    }
    if (Array.isArray(part)) return part.map(fill);
    if (part !== null && typeof part === 'object') {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, fill(inner)]));
    }
    return part;
  };
  return { value: fill(value), unknown: [...unknown] };
}
