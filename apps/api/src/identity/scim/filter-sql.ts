import type { ScimFilter, ScimValue } from '@loopstart/domain';
import { ScimError } from './scim-error.ts';

/** What a filter can name: a column of SQL and what it holds. `exact`: case matters, as of ids. */
export interface FilterColumn {
  sql: string;
  type: 'text' | 'exact' | 'switch' | 'id';
}
export interface FilterTable {
  columns: Readonly<Record<string, FilterColumn>>;
  /** Lists, as JSON of objects with these attributes. */
  lists: Readonly<Record<string, { sql: string; columns: Readonly<Record<string, FilterColumn>> }>>;
}

/** The condition of a filter. Values are parameters, and names are those of the table alone. Throws `invalidFilter`. */
export function conditionOf(filter: ScimFilter, table: FilterTable, values: unknown[]): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.of.map((one) => conditionOf(one, table, values)).join(` ${filter.kind} `)})`;
    case 'not':
      return `not coalesce(${conditionOf(filter.of, table, values)}, false)`;
    case 'some': {
      const list = own(table.lists, filter.attribute);
      const inner = conditionOf(filter.of, { columns: list.columns, lists: {} }, values);
      return `exists (select from jsonb_array_elements(${list.sql}) e where ${inner})`;
    }
    case 'compare':
      return comparison(filter, table, values);
  }
}

type Compare = Extract<ScimFilter, { kind: 'compare' }>;

function comparison(filter: Compare, table: FilterTable, values: unknown[]): string {
  const { attribute } = filter;
  const [list, sub = 'value'] = attribute.split('.');
  if (list !== undefined && Object.hasOwn(table.lists, list))
    return conditionOf({ kind: 'some', attribute: list, of: { ...filter, attribute: sub } }, table, values);
  const { sql, type } = own(table.columns, attribute);
  if (filter.op === 'pr') return type === 'switch' ? `${sql} is not null` : `coalesce(${sql}::text, '') <> ''`;
  const value = valueOf(filter.value, type, attribute);
  const place = () => `$${values.push(value)}`;
  if (filter.op === 'eq' || filter.op === 'ne') {
    const equal = filter.op === 'eq' ? 'is not distinct from' : 'is distinct from';
    if (type === 'switch') return `${sql} ${equal} ${place()}::boolean`;
    return type === 'text'
      ? `lower(${sql}) ${equal} lower(${place()}::text)`
      : `${sql}::text ${equal} ${place()}::text`;
  }
  if (type === 'switch' || typeof value !== 'string')
    throw new ScimError(400, `"${attribute}" is compared by eq and ne alone.`, 'invalidFilter');
  const text = type === 'text' ? `lower(${sql})` : `${sql}::text`;
  const sought = type === 'text' ? `lower(${place()}::text)` : `${place()}::text`;
  if (filter.op === 'co') return `strpos(${text}, ${sought}) > 0`;
  return filter.op === 'sw' ? `starts_with(${text}, ${sought})` : `right(${text}, length(${sought})) = ${sought}`;
}

function valueOf(value: ScimValue, type: FilterColumn['type'], attribute: string): string | boolean | null {
  if (type === 'switch') {
    const text = String(value).toLowerCase();
    if (text !== 'true' && text !== 'false')
      throw new ScimError(400, `"${attribute}" is true or false.`, 'invalidFilter');
    return text === 'true';
  }
  if (value !== null && (typeof value !== 'string' || value.includes('\0')))
    throw new ScimError(400, `"${attribute}" is compared with a text.`, 'invalidFilter');
  return type === 'id' ? (value?.toLowerCase() ?? null) : value;
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T {
  if (Object.hasOwn(table, name)) return table[name]!;
  const known = Object.keys(table).join(', ') || 'none';
  throw new ScimError(400, `"${name.slice(0, 100)}" cannot be filtered by. Known: ${known}.`, 'invalidFilter');
}
