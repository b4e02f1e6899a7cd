import { EXAMPLE_ID, EXAMPLE_INSTANT, EXAMPLE_NUMBERS, EXAMPLE_TEXTS } from './example-values.ts';

type Schema = Record<string, unknown> & {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
};

/** Deeper objects are left out where they may be: an example is read, and not a dump. */
const DEPTH_MAX = 6;

/**
 * An example of a JSON Schema as Zod emits it: every required field, and optional ones that a reader wants to see. It is made
 * of plausible values by field name, so that a schema and its example cannot drift apart; a spec parses each with its schema.
 */
export function exampleOf(schema: object, definitions: Readonly<Record<string, unknown>>): unknown {
  return make(schema as Schema, { field: '', depth: 0, definitions });
}

interface Place {
  field: string;
  depth: number;
  definitions: Readonly<Record<string, unknown>>;
}

function make(given: Schema, place: Place): unknown {
  // "a text or null" is shown as a text.
  const schema = Array.isArray(given.type)
    ? { ...given, type: given.type.find((one) => one !== 'null') ?? 'null' }
    : given;
  if (typeof schema['$ref'] === 'string') {
    const target = place.definitions[schema['$ref'].split('/').at(-1)!] as Schema | undefined;
    return make(target ?? {}, place);
  }
  // An example that the schema itself gives, where its rules go beyond the types of its fields.
  if (Array.isArray(schema['examples'])) return schema['examples'][0];
  if ('const' in schema) return schema['const'];
  if ('default' in schema && schema.type !== 'object') return schema['default'];
  if (schema.enum !== undefined) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return make(choices.find((one) => one.type !== 'null') ?? choices[0] ?? {}, place);
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((one) => make(one, place) as object)) as unknown;
  switch (schema.type) {
    case 'object':
      return makeObject(schema, place);
    case 'array':
      return makeArray(schema, place);
    case 'string':
      return makeText(schema, place.field);
    case 'integer':
    case 'number':
      return makeNumber(schema, place.field);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return {};
  }
}

function makeObject(schema: Schema, place: Place): unknown {
  const { properties = {}, required = [] } = schema;
  const shown = Object.entries(properties).filter(([name]) => required.includes(name) || place.depth < 2);
  const fields = shown.map(([field, one]) => [field, make(one, { ...place, field, depth: place.depth + 1 })] as const);
  if (fields.length > 0 || typeof schema.additionalProperties !== 'object') return Object.fromEntries(fields);
  // A record with a closed set of keys has each of them.
  const keys = schema.propertyNames?.enum;
  const value = () => make(schema.additionalProperties as Schema, { ...place, depth: place.depth + 1 });
  return Object.fromEntries((keys ?? []).map((key) => [String(key), value()]));
}

function makeArray(schema: Schema, place: Place): unknown {
  const inside = { ...place, depth: place.depth + 1 };
  if (schema.prefixItems !== undefined) return schema.prefixItems.map((one) => make(one, inside));
  const least = Number(schema['minItems'] ?? 0);
  if (schema.items === undefined || (place.depth >= DEPTH_MAX && least === 0)) return [];
  return Array.from({ length: Math.max(1, least) }, () => make(schema.items!, inside));
}

function makeText(schema: Schema, field: string): string {
  if (schema['format'] === 'uuid') return EXAMPLE_ID;
  if (schema['format'] === 'date-time') return EXAMPLE_INSTANT;
  const fits = (text: string) => matches(schema, text);
  const named = EXAMPLE_TEXTS.find(([name, value]) => name.test(field) && fits(value))?.[1];
  if (named !== undefined) return named;
  const any = ['text', ...EXAMPLE_TEXTS.map(([, value]) => value), '1', '1.3.6.1.2.1', '192.0.2.0/24', EXAMPLE_ID].find(
    fits,
  );
  return any ?? 'x'.repeat(Number(schema['minLength'] ?? 1));
}

function matches(schema: Schema, text: string): boolean {
  const { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY, format } = schema;
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(text)) return false;
  if (text.length < Number(minLength) || text.length > Number(maxLength)) return false;
  if (format === 'uri') return URL.canParse(text);
  if (format === 'ipv4') return /^\d+(\.\d+){3}$/.test(text);
  return true;
}

function makeNumber(schema: Schema, field: string): number {
  const { minimum, maximum, exclusiveMinimum } = schema as Record<string, number | undefined>;
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
  const named = EXAMPLE_NUMBERS.find(([name]) => name.test(field))?.[1] ?? 1;
  const value = schema.type === 'integer' ? Math.round(named) : named;
  // Zod gives every integer the bounds of safe ones.
  return Math.min(Math.max(value, least ?? value), maximum ?? value);
}
