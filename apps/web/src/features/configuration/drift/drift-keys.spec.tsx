import type { ConfigDriftView } from '@loopstart/contracts';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DriftKeys } from './drift-keys.tsx';

const DRIFT: ConfigDriftView = {
  id: '00000000-0000-4000-8000-000000000001',
  gateway: {
    id: '00000000-0000-4000-8000-000000000002',
    name: 'Quay',
    siteId: '00000000-0000-4000-8000-000000000003',
    siteName: 'Quay',
    customerName: 'Harbour',
    vendor: 'Grandstream',
    model: 'HT802',
    firmware: null,
    driverId: 'grandstream-ht',
  },
  foundAt: '2026-12-10T12:00:00.000Z',
  state: 'open',
  keys: [{ key: 'P35', before: '1001', after: '9999', isSecret: false }],
  keysTotal: 1,
  graveKeys: [],
  draft: null,
  reason: null,
  until: null,
  decidedBy: null,
  decidedAt: null,
};
const shown = (more: Partial<ConfigDriftView>) =>
  renderToStaticMarkup(<DriftKeys drift={{ ...DRIFT, ...more }} />).replaceAll(/<[^>]*>/g, ' ');

test('a drift names the keys that emergency calls need, and those that are sealed', () => {
  const text = shown({
    graveKeys: [
      { key: 'P47', cause: 'sealed' },
      { key: 'P4200', cause: 'emergency' },
    ],
  });
  expect(text).toContain('Emergency calls need P4200');
  expect(text).toContain('Sealed by a layer above: P47');
  expect(shown({})).not.toMatch(/Emergency|Sealed/);
});

test('a drift names the draft that it was adopted into, unless that was discarded', () => {
  const draft = { id: DRIFT.id, name: 'Adopted' };
  expect(shown({ draft: { ...draft, state: 'open' } })).toContain('In the draft “Adopted”');
  expect(shown({ draft: { ...draft, state: 'published' } })).toContain('Published with “Adopted”');
  expect(shown({ draft: { ...draft, state: 'discarded' } })).not.toContain('Adopted');
});
