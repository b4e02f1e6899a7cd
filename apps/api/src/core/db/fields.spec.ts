import { expect, expectTypeOf, test } from 'vitest';
import { type Columns, fields, type RowOf } from './fields.ts';

test('a field is selected under its name in the schema', () => {
  expect(fields('Site', 's', ['id', 'timeZone', 'emergencyLocation'])).toBe(
    's.id, s.time_zone as "timeZone", s.emergency_location as "emergencyLocation"',
  );
});

test('the row has the types that pg returns, narrowed by the meaning of a column', () => {
  const window = fields('MaintenanceWindow', 'w', ['startsAt', 'scope', 'endedAt']);
  expectTypeOf<RowOf<typeof window>>().toEqualTypeOf<{
    startsAt: Date;
    scope: 'customer' | 'site' | 'gateway';
    endedAt: Date | null;
  }>();
  const attempt = fields('DeliveryAttempt', 'a', ['id']);
  expectTypeOf<RowOf<typeof attempt>>().toEqualTypeOf<{ id: number }>();
  const key = fields('ChannelKey', 'k', ['secret']);
  expectTypeOf<RowOf<typeof key>>().toEqualTypeOf<{ secret: Buffer }>();
});

test('the columns of a table keep their names and have the same types', () => {
  expectTypeOf<Pick<Columns<'Site'>, 'time_zone' | 'archived_at'>>().toEqualTypeOf<{
    time_zone: string;
    archived_at: Date | null;
  }>();
});

test('a column that the schema does not name is a type error', () => {
  // @ts-expect-error no such column
  fields('Site', 's', ['zone']);
});
