import { type ConfigDocument, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantConfigurable } from './configuration.ts';

let api: TestApp;
let oak: TestOperator;
beforeAll(async () => {
  api = await startApp();
  oak = await api.operator('Oak');
  await plantConfigurable(api.database.ownerUrl, oak.operatorId, {
    customer: 'Harbour Hotels',
    site: 'Quay',
    gateway: 'quay-1',
    ports: [{ label: 'Lift' }, {}],
  });
});
afterAll(() => api.close());

type Entry = Partial<ConfigDocument['entries'][number]> & Pick<ConfigDocument['entries'][number], 'at' | 'name'>;
const GATEWAY = { customer: 'harbour hotels', site: 'quay', gateway: 'quay-1' };
const ENTRIES: Entry[] = [
  { at: {}, name: 'sip.transport', value: 'tls', sealed: true },
  { at: { customer: 'Harbour Hotels' }, name: 'sip.domain', value: 'sip.example.net' },
  { at: { ...GATEWAY, port: 'Lift' }, name: 'port.extension', value: '2001' },
  { at: { ...GATEWAY, port: 'Lift' }, name: 'port.password', value: 'canary-2001' },
];
const documentOf = (entries: Entry[]) => ({ version: 1 as const, entries }) as ConfigDocument;
const plan = (entries: Entry[], draftId?: string) =>
  oak.technician(endpoints.planConfigDocument, {
    body: { document: documentOf(entries), ...(draftId !== undefined && { draftId }) },
  });
const apply = (entries: Entry[], fingerprint: string) =>
  oak.technician(endpoints.applyConfigDocument, {
    body: { document: documentOf(entries), into: { name: 'From git' }, fingerprint },
  });
async function publish(entries: Entry[]): Promise<void> {
  const { draft } = await apply(entries, (await plan(entries)).fingerprint);
  await oak.technician(endpoints.publishConfigDraft, { params: { draftId: draft.id }, body: { reason: 'Agreed' } });
}

test('a document is planned, applied, and changes nothing the second time', async () => {
  const planned = await plan(ENTRIES);
  expect(planned.changes.map(({ change, placeName }) => [change, placeName])).toEqual([
    ['added', 'All gateways'],
    ['added', 'Harbour Hotels'],
    ['added', 'quay-1, line 1'],
    ['added', 'quay-1, line 1'],
  ]);
  expect(planned.changes[3]).toMatchObject({ path: 'entries.3', before: null, after: { isSet: true }, isSecret: true });
  expect(JSON.stringify(planned)).not.toContain('canary-2001');
  const { draft, edits } = await apply(ENTRIES, planned.fingerprint);
  expect(edits).toBe(4);
  expect(await plan(ENTRIES, draft.id)).toMatchObject({ changes: [], unchanged: 4 });
  await oak.technician(endpoints.publishConfigDraft, { params: { draftId: draft.id }, body: { reason: 'Agreed' } });
  const again = await plan(ENTRIES);
  expect(again).toMatchObject({ changes: [], unchanged: 4, secretsNotCompared: ['entries.3'] });
  expect(await problemOf(apply(ENTRIES, again.fingerprint))).toMatchObject({ code: 'nothing-changed' });
});

test('only what differs is changed, a secret is entered again on demand, and what is left out stays', async () => {
  const [transport, registrar, , password] = ENTRIES as [Entry, Entry, Entry, Entry];
  const entries: Entry[] = [
    { ...transport, sealed: false },
    { at: registrar.at, name: registrar.name, action: 'reset' },
    { ...password, replace: true },
  ];
  const { changes } = await plan(entries);
  expect(changes.map(({ change, before, after }) => [change, before, after])).toEqual([
    ['changed', 'tls', 'tls'],
    ['removed', 'sip.example.net', null],
    ['changed', { isSet: true }, { isSet: true }],
  ]);
  await publish(entries);
  const left = await plan([{ at: ENTRIES[2]!.at, name: 'port.extension', value: '2001' }, entries[1]!]);
  expect(left).toMatchObject({ changes: [], unchanged: 2 });
});

test('every wrong name and double entry is named by its path, and nothing is changed', async () => {
  const drafts = () => oak.viewer(endpoints.listConfigDrafts, { query: {} });
  const { total } = await drafts();
  const wrong: Entry[] = [
    { at: { customer: 'Harbor' }, name: 'sip.transport', value: 'tls' },
    { at: { ...GATEWAY, port: 1 }, name: 'port.extension', value: '2001' },
    { at: { ...GATEWAY, port: 'Lift' }, name: 'port.extension', value: '2002' },
  ];
  const { code, fields } = await problemOf(apply(wrong, 'any'));
  expect(code).toBe('invalid-input');
  expect(fields?.map(({ path }) => path)).toEqual(['body.document.entries.0.at.customer', 'body.document.entries.2']);
  expect(fields?.[0]?.expected).toContain('Harbour Hotels');
  expect((await drafts()).total).toBe(total);
});

test('what was changed since the plan is refused, and another operator finds no name', async () => {
  const entries: Entry[] = [{ at: GATEWAY, name: 'sip.domain', value: 'one.example.net' }];
  const { fingerprint } = await plan(entries);
  await publish([{ ...entries[0]!, value: 'two.example.net' }]);
  expect(await problemOf(apply(entries, fingerprint))).toMatchObject({ code: 'stale-edit' });
  const elm = await api.operator('Elm');
  const theirs = elm.technician(endpoints.planConfigDocument, { body: { document: documentOf(entries) } });
  const { fields } = await problemOf(theirs);
  expect(JSON.stringify(fields)).not.toContain('Harbour Hotels');
  expect(fields?.[0]?.path).toBe('body.document.entries.0.at.customer');
});
