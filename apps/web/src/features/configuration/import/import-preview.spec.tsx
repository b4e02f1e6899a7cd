import type { ConfigImportPreview } from '@loopstart/contracts';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ImportPreview } from './import-preview.tsx';

const PREVIEW: ConfigImportPreview = {
  gateway: {
    id: '0198c5a0-0000-7000-8000-000000000001',
    name: 'Harbour',
    siteId: '0198c5a0-0000-7000-8000-000000000002',
    siteName: 'Harbour',
    customerName: 'Oak',
    vendor: 'Grandstream',
    model: 'HT802',
    firmware: null,
    driverId: 'grandstream-ht',
  },
  formatName: 'Grandstream P-value file',
  readAt: null,
  unit: 'same',
  isEndMarked: true,
  notes: [],
  edits: [],
  given: [],
  blocked: [],
  unread: [],
  kept: [],
  changes: [],
  fingerprint: 'f',
};
const shown = (more: Partial<ConfigImportPreview>) =>
  renderToStaticMarkup(<ImportPreview preview={{ ...PREVIEW, ...more }} nothing="Nothing to set." />)
    .replaceAll(/<[^>]*>/g, '|')
    .split('|')
    .filter((text) => text.trim() !== '');

test('an import that has nothing to set says so', () => {
  expect(shown({})).toContain('Nothing to set.');
});

test('a secret is set without being shown, and what is left alone is no value', () => {
  const text = shown({
    edits: [
      { field: 'port.password', position: 2, action: 'set', value: { isSet: true }, isSecret: true },
      { field: 'sip.transport', position: null, action: 'unmanage', value: null, isSecret: false },
    ],
    kept: [{ key: 'P2', line: 7, value: null, isSecret: true }],
  }).join(' ');
  expect(text).toContain('2 settings to be set');
  expect(text).toContain('Left as the gateway has it');
  expect(text).toContain('7: P2 = (hidden)');
  expect(text).not.toContain('isSet');
});

test('a file that does not name its unit or its end warns of both', () => {
  const text = shown({ unit: 'not-told', isEndMarked: false });
  expect(
    text.filter((one) => one.startsWith('The file does not say') || one.startsWith('Nothing in the file')),
  ).toHaveLength(2);
});

test('what cannot be set or read is shown with its reason', () => {
  const text = shown({
    blocked: [{ field: 'gateway.hostName', position: null, value: 'a', reason: 'Oak sealed it' }],
    unread: [{ field: 'port.dialPlan', position: 1, reason: 'its dial plan stays' }],
  }).join(' ');
  expect(text).toContain('Oak sealed it');
  expect(text).toContain('its dial plan stays');
});
