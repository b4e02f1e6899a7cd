import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantConfigurable } from './configuration.ts';
import type { Planted } from './fleet.ts';

let api: TestApp;
let oak: TestOperator;
let harbour: Planted;
beforeAll(async () => {
  api = await startApp();
  oak = await api.operator('Oak');
  harbour = await plantConfigurable(api.database.ownerUrl, oak.operatorId, {
    site: 'Harbour',
    gateway: 'harbour-1',
    ports: [{ label: 'Lift' }, {}],
  });
});
afterAll(() => api.close());

const CSV = 'gateway;port;extension;password\r\nharbour-1;Lift;2001;secret-2001\r\nharbour-1;2;2002;secret-2002\r\n';
const preview = (csv: string, draftId?: string) =>
  oak.technician(endpoints.previewConfigCsv, { body: { csv, ...(draftId !== undefined && { draftId }) } });
const bring = (csv: string, fingerprint: string, leaveOutWrongRows = false) =>
  oak.technician(endpoints.importConfigCsv, {
    body: { csv, into: { name: 'Accounts' }, fingerprint, leaveOutWrongRows },
  });

test('accounts of a file are checked, put into a draft, and are there once it is published', async () => {
  const shown = await preview(CSV);
  expect(shown).toMatchObject({ rows: 2, wrongRows: 0, unchangedRows: 0, edits: 4, problems: [] });
  expect(shown.shown[0]).toMatchObject({
    row: 2,
    gatewayName: 'harbour-1',
    position: 1,
    columns: ['port.extension', 'port.password'],
  });
  expect(JSON.stringify(shown)).not.toContain('secret-2001');
  const { draft, edits } = await bring(CSV, shown.fingerprint);
  expect(edits).toBe(4);
  await oak.technician(endpoints.publishConfigDraft, { params: { draftId: draft.id }, body: { reason: 'Accounts' } });
  const effective = await oak.viewer(endpoints.getEffectiveConfig, {
    params: { gatewayId: harbour.gatewayId },
    query: {},
  });
  const extensions = effective.ports.map(
    ({ settings }) => settings.find(({ field }) => field === 'port.extension')?.value,
  );
  expect(extensions).toEqual(['2001', '2002']);
  const again = await preview(CSV);
  expect(again).toMatchObject({ edits: 0, unchangedRows: 2 });
  expect(await problemOf(bring(CSV, again.fingerprint))).toMatchObject({ code: 'nothing-changed' });
});

test('a wrong row stops all of them, unless it is left out', async () => {
  const csv = 'gateway,port,extension\nharbour-1,1,3001\nharbour-1,7,3002\nshed,1,3003\n';
  const shown = await preview(csv);
  expect(shown).toMatchObject({ rows: 3, wrongRows: 2, problemsTotal: 2, edits: 1 });
  expect(shown.problems.map(({ row, column }) => [row, column])).toEqual([
    [3, 'port'],
    [4, 'gateway'],
  ]);
  const refused = await problemOf(bring(csv, shown.fingerprint));
  expect(refused.fields).toEqual([{ path: 'body.csv', expected: expect.stringContaining('row 3, port') }]);
  expect(await bring(csv, shown.fingerprint, true)).toMatchObject({ edits: 1 });
});

test('a file of another operator finds nothing, and one that changed since is refused', async () => {
  const elm = await api.operator('Elm');
  const theirs = await elm.technician(endpoints.previewConfigCsv, { body: { csv: CSV } });
  expect(theirs).toMatchObject({ rows: 2, wrongRows: 2, edits: 0 });
  expect(await problemOf(bring(CSV.replace('2001;', '4001;'), 'another'))).toMatchObject({ code: 'stale-edit' });
});

test('10,000 rows are one request, and one more is refused', async () => {
  const rows = (count: number) => `gateway,port,extension\n${'shed,1,20\n'.repeat(count)}`;
  expect(await preview(rows(10_000))).toMatchObject({ rows: 10_000, wrongRows: 10_000, problemsTotal: 10_000 });
  expect(await problemOf(preview(rows(10_001)))).toMatchObject({ status: 400, code: 'invalid-input' });
});
