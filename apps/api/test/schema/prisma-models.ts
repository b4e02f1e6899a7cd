/** A table in plain words, one line each, so that two of them can be compared and the difference read. */
export interface TableLines {
  table: string;
  lines: string[];
}

/** Prisma's types as format_type names them. */
const TYPES: Record<string, string> = {
  '@db.Uuid': 'uuid',
  '@db.Timestamptz(6)': 'timestamp with time zone',
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Boolean: 'boolean',
  Bytes: 'bytea',
  Json: 'jsonb',
};

/** The tables that a Prisma schema names: columns with type, nullability and default; primary and unique keys. */
export function modelsOf(schema: string): TableLines[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, model, body]) => {
    const lines = body!.split('\n').map((line) => line.trim());
    const table = lines.map((line) => /^@@map\("(\w+)"\)$/.exec(line)?.[1]).find((name) => name !== undefined);
    if (table === undefined) throw new Error(`model ${model} has no @@map`);
    return { table, lines: lines.flatMap(lineOf).sort() };
  });
}

/** The column name of a field: the rule by which `fields` writes SQL. */
function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function lineOf(line: string): string[] {
  const key = /^@@(id|unique)\(\[(.*)\]\)$/.exec(line);
  if (key !== null) {
    const columns = key[2]!.split(', ').map(columnOf).join(', ');
    return [`${key[1] === 'id' ? 'primary key' : 'unique'} (${columns})`];
  }
  const field = /^(\w+)\s+(\w+)(\?|\[\])?(.*)$/.exec(line);
  if (field === null || line.startsWith('//')) return [];
  const [, name, type, more, attributes] = field;
  const column = /@map\("(\w+)"\)/.exec(attributes!)?.[1] ?? name!;
  if (column !== columnOf(name!)) throw new Error(`field ${name} names column ${column}, not ${columnOf(name!)}`);
  const native = /@db\.\w+(?:\(\d+\))?/.exec(attributes!)?.[0];
  const plain = TYPES[native ?? type!] ?? `unknown type ${native ?? type}`;
  const parts = [
    column,
    more === '[]' ? `${plain}[]` : plain,
    more === '?' ? 'null' : 'not null',
    defaultOf(attributes!),
  ];
  return [
    parts.filter((part) => part !== null).join(' '),
    ...(/@id\b/.test(attributes!) ? [`primary key (${column})`] : []),
    ...(/@unique\b/.test(attributes!) ? [`unique (${column})`] : []),
  ];
}

function defaultOf(attributes: string): string | null {
  const value = /@default\((?:dbgenerated\("(.*?)"\)|(.*?\(\))|"(.*?)"|(.*?))\)(?:\s|$)/.exec(attributes);
  if (value === null) return null;
  const [, generated, call, text, plain] = value;
  return `default ${generated ?? (call === 'autoincrement()' ? 'identity' : call) ?? (text === undefined ? plain : `'${text}'`)}`;
}
