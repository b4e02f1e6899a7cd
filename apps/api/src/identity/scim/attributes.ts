import { ScimError } from './scim-error.ts';

const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i;
const NAMES_MAX = 50;
/** Always answered (RFC 7643, section 7: returned "always"). */
const ALWAYS = new Set(['id', 'schemas', 'meta']);

/** Which attributes are asked for (RFC 7644, section 3.9). */
export interface Wanted {
  only: readonly string[] | null;
  without: readonly string[];
}

export function wantedOf({
  attributes,
  excludedAttributes,
}: {
  attributes?: unknown;
  excludedAttributes?: unknown;
}): Wanted {
  const only = namesOf(attributes);
  const without = namesOf(excludedAttributes);
  if (only.length > 0 && without.length > 0)
    throw new ScimError(400, 'Send either attributes or excludedAttributes.', 'invalidValue');
  return { only: only.length === 0 ? null : only, without };
}

function namesOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  const names = list.map((one) => String(one).trim().replace(CORE, '').toLowerCase()).filter((one) => one !== '');
  if (names.length > NAMES_MAX) throw new ScimError(400, `At most ${NAMES_MAX} attributes are named.`, 'tooMany');
  return names;
}

/** Whether an attribute is answered at all: a list of many members need not be read where it is not. */
export const isWanted = ({ only, without }: Wanted, name: string): boolean =>
  only === null ? !without.includes(name) : only.some((one) => one === name || one.startsWith(`${name}.`));

/** The resource with the wanted attributes. */
export function shown(resource: object, { only, without }: Wanted): object {
  const entries = Object.entries(resource).flatMap(([key, value]): [string, unknown][] => {
    const name = key.toLowerCase();
    if (ALWAYS.has(name)) return [[key, value]];
    const subs = (names: readonly string[]) =>
      names.filter((one) => one.startsWith(`${name}.`)).map((one) => one.slice(name.length + 1));
    if (only !== null) {
      if (only.includes(name)) return [[key, value]];
      const wanted = subs(only);
      return wanted.length === 0 ? [] : [[key, parts(value, (sub) => wanted.includes(sub))]];
    }
    if (without.includes(name)) return [];
    const unwanted = subs(without);
    return [[key, unwanted.length === 0 ? value : parts(value, (sub) => !unwanted.includes(sub))]];
  });
  return Object.fromEntries(entries);
}

function parts(value: unknown, keeps: (sub: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => parts(one, keeps));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => keeps(key.toLowerCase())));
}
