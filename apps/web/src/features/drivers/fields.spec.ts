import { CAPABILITY_FIELDS } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { FIELD_GROUPS } from './fields.ts';

test('every field a driver may claim has exactly one row', () => {
  const rows = FIELD_GROUPS.flatMap((group) => group.fields);
  expect(rows.toSorted()).toEqual([...CAPABILITY_FIELDS].toSorted());
});
