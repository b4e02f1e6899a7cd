import { CAPABILITY_FIELDS } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { driverColumns, FIELD_GROUPS } from './fields.ts';

test('every field a driver may claim has exactly one row', () => {
  const rows = FIELD_GROUPS.flatMap((group) => group.fields);
  expect(rows.toSorted()).toEqual([...CAPABILITY_FIELDS].toSorted());
});

test('what a recording of one model has shown is shown at that model alone, and only where it has analogue ports', () => {
  const model = (name: string, fxs: number, proven: string[]) => ({
    name,
    fxs,
    fxo: 0,
    evidence: proven.length > 0 ? ('recording' as const) : ('mib-only' as const),
    proven,
  });
  const driver = (id: string, models: ReturnType<typeof model>[]) => ({
    id,
    vendor: 'Acme',
    models,
    revision: 1,
    evidence: 'mib-only' as const,
    note: '',
    capabilities: { hook: 'measured', call: 'unproven', temperatureC: 'unproven', fault: 'not-supported' } as const,
    actions: [],
  });
  const [proven, others, digital] = driverColumns([
    driver('a', [model('A-8', 8, ['hook']), model('A-4', 4, []), model('A-2', 2, [])]),
    driver('b', [model('E1', 0, ['temperatureC'])]),
  ]);
  expect(proven).toMatchObject({
    models: 'A-8',
    capabilities: { hook: 'measured', call: 'unproven', fault: 'not-supported' },
  });
  expect(others).toMatchObject({ models: 'A-4 and 1 more', capabilities: { hook: 'unproven', call: 'unproven' } });
  expect(digital).toMatchObject({ models: 'E1', capabilities: { temperatureC: 'unproven' } });
});
