import { LINE_DEVICE_CLASSES, PORT_STATE_FIELD_NAMES, PORT_STATE_FIELDS, portHealth } from '@loopstart/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { portStateOf } from '../src/core/fleet/port-state.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { asOwner } from './postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test.for(LINE_DEVICE_CLASSES.map((device) => [device] as const))(
  'on a line with %s the database judges every state as the domain does',
  async ([device]) => {
    const sources = PORT_STATE_FIELD_NAMES.map(
      (field) =>
        `unnest(array[null, ${PORT_STATE_FIELDS[field].map((_, code) => code).join(', ')}]::int[]) ${field}_code`,
    );
    const { rows } = await asOwner(database.ownerUrl, (sql) =>
      sql.query<(number | string | null)[]>({
        text: `select ${PORT_STATE_FIELD_NAMES.map((field) => `${field}_code`).join(', ')}, port_severity(${PORT_STATE_FIELD_NAMES.map((field) => `${field}_code`).join(', ')}, $1)
               from ${sources.join(' cross join ')}`,
        values: [device],
        rowMode: 'array',
      }),
    );
    const combinations = PORT_STATE_FIELD_NAMES.reduce(
      (count, field) => count * (PORT_STATE_FIELDS[field].length + 1),
      1,
    );
    expect(rows).toHaveLength(combinations);
    const different = rows.filter((row) => {
      const codes = Object.fromEntries(
        PORT_STATE_FIELD_NAMES.map((field, index) => [field, row[index] as number | null]),
      );
      return portHealth(portStateOf(codes), device).severity !== row.at(-1);
    });
    expect(different.slice(0, 3)).toEqual([]);
  },
);
