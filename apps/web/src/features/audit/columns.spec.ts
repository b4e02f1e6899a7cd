import { AUDIT_COLUMNS as SORTED, type AuditEntry } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { AUDIT_COLUMNS, changedWords } from './columns.tsx';

const entry = (before: AuditEntry['before'], change: AuditEntry['change']): AuditEntry => ({
  id: '1',
  at: '2026-11-23T12:00:00.000Z',
  by: { kind: 'person', userId: null, name: 'Ada', address: null, userAgent: null },
  verb: 'update',
  subject: { type: 'site', id: 'x', name: 'Quay', exists: true, gatewayId: null, position: null },
  change,
  before,
  names: {},
  chain: null,
  erased: false,
  requestId: null,
});

test('each column that sorts is one that the API sorts by', () => {
  const sorted = AUDIT_COLUMNS.filter(({ unsorted }) => unsorted !== true).map(({ id }) => id);
  expect(sorted.toSorted()).toEqual([...SORTED].toSorted());
});

test.for([
  ['one field', { name: 'Quay' }, { name: 'Harbour' }, 'Name: Quay → Harbour'],
  ['one field of several sent', { name: 'Quay', notes: '' }, { name: 'Harbour', notes: '' }, 'Name: Quay → Harbour'],
  ['two fields', { name: 'Quay', address: '' }, { name: 'Harbour', address: 'x' }, 'Name and address'],
  ['nothing recorded before', null, { name: 'Harbour' }, 'Name: Harbour'],
  ['nothing changed', { name: 'Quay' }, { name: 'Quay' }, ''],
] as const)('%s in one line', ([, before, change, words]) => expect(changedWords(entry(before, change))).toBe(words));
