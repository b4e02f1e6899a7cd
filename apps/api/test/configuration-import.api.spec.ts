import { CONFIG_FILE_BYTES_MAX, type ConfigImportSource, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantConfigurable } from './configuration.ts';
import type { Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

let api: TestApp;
let oak: TestOperator;
beforeAll(async () => {
  api = await startApp();
  oak = await api.operator('Oak');
});
afterAll(() => api.close());

const planted = (site: string) =>
  plantConfigurable(api.database.ownerUrl, oak.operatorId, {
    site,
    gateway: site,
    ports: [{}, { device: 'lift-phone' }],
  });
const file = (text: string): ConfigImportSource => ({ kind: 'file', content: Buffer.from(text).toString('base64') });
/** The file of a Grandstream gateway with these values. */
const grandstream = (values: Record<string, string>, mac = '') =>
  file(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<gs_provision version="1">',
      mac && `<mac>${mac}</mac>`,
      '<config version="1">',
      ...Object.entries(values).map(([key, value]) => `<${key}>${value}</${key}>`),
      '</config>',
      '</gs_provision>',
      '',
    ].join('\n'),
  );
/** Two accounts with one server, call waiting on both lines, and a key that Loopstart does not know. */
const BY_HAND = {
  P35: '2001',
  P34: 'Secret-2001',
  P47: 'sip.example.net',
  P91: '0',
  P735: '2002',
  P734: '********',
  P747: 'sip.example.net',
  P791: '0',
  P9999: 'by hand',
};
const preview = (at: Planted, source: ConfigImportSource, draftId?: string) =>
  oak.technician(endpoints.previewConfigImport, {
    params: { gatewayId: at.gatewayId },
    body: { source, ...(draftId !== undefined && { draftId }) },
  });
const bring = (at: Planted, source: ConfigImportSource, fingerprint: string, draftId?: string) =>
  oak.technician(endpoints.importConfig, {
    params: { gatewayId: at.gatewayId },
    body: { source, fingerprint, into: draftId === undefined ? { name: 'By hand' } : { draftId } },
  });

describe('a gateway that was configured by hand', () => {
  let harbour: Planted;
  beforeAll(async () => {
    harbour = await planted('Harbour');
  });

  test('is shown with what would be set and what is kept, without its secrets', async () => {
    const shown = await preview(harbour, grandstream(BY_HAND));
    expect(shown.unit).toBe('not-told');
    expect(shown.edits).toContainEqual(
      expect.objectContaining({ field: 'port.extension', position: 1, value: '2001' }),
    );
    expect(shown.edits).toContainEqual(
      expect.objectContaining({ field: 'port.password', position: 1, value: { isSet: true }, isSecret: true }),
    );
    expect(shown.edits.some(({ field, position }) => field === 'port.password' && position === 2)).toBe(false);
    expect(shown.unread).toContainEqual(expect.objectContaining({ field: 'port.password', position: 2 }));
    expect(shown.edits).toContainEqual(
      expect.objectContaining({
        field: 'sip.registrars',
        position: null,
        value: [{ host: 'sip.example.net', port: null }],
      }),
    );
    expect(shown.edits.filter(({ field }) => field === 'line.callWaiting')).toEqual([
      expect.objectContaining({ position: null, value: true }),
    ]);
    expect(shown.kept).toContainEqual({ key: 'P9999', line: 13, value: 'by hand', isSecret: false });
    expect(shown.changes).toEqual([]);
    expect(JSON.stringify(shown)).not.toContain('Secret-2001');
  });

  test('becomes edits of a draft, and nothing is left to do once they are published', async () => {
    const source = grandstream(BY_HAND);
    const { fingerprint, edits } = await preview(harbour, source);
    const brought = await bring(harbour, source, fingerprint);
    expect(brought).toMatchObject({ edits: edits.length, draft: { name: 'By hand', state: 'open' } });
    const review = await oak.technician(endpoints.reviewConfigDraft, { params: { draftId: brought.draft.id } });
    expect(review.gateways).toBe(1);
    const again = await preview(harbour, source, brought.draft.id);
    expect(again.edits.filter(({ isSecret }) => !isSecret)).toEqual([]);
    await oak.technician(endpoints.publishConfigDraft, {
      params: { draftId: brought.draft.id },
      body: { reason: 'Taken over' },
    });
    const after = await preview(harbour, source);
    expect(after.edits).toEqual([]);
    expect(after.changes).toEqual([]);
    expect(after.given).toContainEqual(
      expect.objectContaining({ field: 'port.password', position: 1, value: { isSet: true } }),
    );
    const refused = await problemOf(bring(harbour, source, after.fingerprint));
    expect(refused).toMatchObject({ code: 'nothing-changed' });
  });

  test('is left as it is where the layers want what it does not say', async () => {
    const quay = await planted('Quay');
    const draft = await oak.technician(endpoints.createConfigDraft, { body: { name: 'All' } });
    await oak.technician(endpoints.editConfigDraft, {
      params: { draftId: draft.id },
      body: {
        edits: [
          {
            place: { layer: 'site', siteId: quay.siteId },
            name: 'sip.transport',
            action: 'set',
            value: 'tls',
            sees: null,
          },
          {
            place: { layer: 'site', siteId: quay.siteId },
            name: 'gateway.hostName',
            action: 'set',
            value: 'quay',
            isSealed: true,
            sees: null,
          },
        ],
      },
    });
    const shown = await preview(quay, grandstream({ P35: '2001' }), draft.id);
    expect(shown.edits).toContainEqual(
      expect.objectContaining({ field: 'sip.transport', position: null, action: 'unmanage' }),
    );
    // What a person sealed is not left alone, and what follows is shown.
    expect(shown.edits.some(({ field }) => field === 'gateway.hostName')).toBe(false);
    expect(shown.changes).toEqual([
      expect.objectContaining({
        field: 'gateway.hostName',
        keys: [{ key: 'P146', before: null, after: 'quay', isSecret: false }],
      }),
    ]);
    // A telephone for a lift has defaults of the product, which this file does not say either.
    expect(shown.edits.every(({ field, action }) => field !== 'line.callWaiting' || action === 'unmanage')).toBe(true);
  });

  test('is not brought in when something changed since the preview', async () => {
    const pier = await planted('Pier');
    const source = grandstream(BY_HAND);
    const { fingerprint } = await preview(pier, source);
    const other = await oak.technician(endpoints.createConfigDraft, { body: { name: 'Other' } });
    await oak.technician(endpoints.editConfigDraft, {
      params: { draftId: other.id },
      body: {
        edits: [
          {
            place: { layer: 'port', gatewayId: pier.gatewayId, position: 1 },
            name: 'port.extension',
            action: 'set',
            value: '7',
            sees: null,
          },
        ],
      },
    });
    await oak.technician(endpoints.publishConfigDraft, {
      params: { draftId: other.id },
      body: { reason: 'Meanwhile' },
    });
    const drafts = () =>
      rowsOf<{ id: string }>(api.database.ownerUrl, `select id from config_draft where name = 'By hand'`, []);
    const before = await drafts();
    expect(await problemOf(bring(pier, source, fingerprint))).toMatchObject({ code: 'stale-edit' });
    expect(await drafts()).toEqual(before);
  });

  test.for<[string, () => ConfigImportSource, string]>([
    ['of another vendor', () => file('cli version 3.20\ncontext ip router\n'), 'Patton'],
    [
      'with a wrong end tag',
      () =>
        file(
          '<?xml version="1.0"?>\n<gs_provision version="1">\n<config version="1">\n<P35>1</35>\n</config>\n</gs_provision>\n',
        ),
      'line 4',
    ],
    [
      'that is cut',
      () => file('<?xml version="1.0"?>\n<gs_provision version="1">\n<config version="1">\n<P35>1</P'),
      'line',
    ],
    [
      'with entities of its own',
      () =>
        file(
          '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<gs_provision version="1">\n<config version="1">\n<P35>&a;</P35>\n</config>\n</gs_provision>\n',
        ),
      'line',
    ],
    ['of another gateway', () => grandstream({ P35: '1' }, '000b82000009'), '000b82000009'],
    ['that is larger than it may be', () => file(' '.repeat(CONFIG_FILE_BYTES_MAX + 1)), '512 KiB'],
    ['that is no base64', () => ({ kind: 'file', content: '<xml>' }), 'base64'],
    ['that is empty', () => ({ kind: 'file', content: '' }), 'not empty'],
  ])('is not read from a file %s', async ([, source, said]) => {
    await rowsOf(api.database.ownerUrl, `update gateway set mac_address = '000b82000001' where id = $1`, [
      harbour.gatewayId,
    ]);
    const problem = await problemOf(preview(harbour, source()));
    expect(problem).toMatchObject({ status: 400, code: 'invalid-input' });
    expect(JSON.stringify(problem.fields)).toContain(said);
  });

  test('is not read from a file of 50 MB, which is not even received', async () => {
    const response = await fetch(`${api.url}/api/v1/configuration/gateways/${harbour.gatewayId}/import/preview`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-loopstart-csrf': '1', cookie: oak.cookie },
      body: JSON.stringify({ source: { kind: 'file', content: 'A'.repeat(50 * 1024 * 1024) } }),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'too-large' });
  });

  test('is nothing that somebody imports who may only read', async () => {
    const refused = await problemOf(
      oak.viewer(endpoints.previewConfigImport, {
        params: { gatewayId: harbour.gatewayId },
        body: { source: grandstream(BY_HAND) },
      }),
    );
    expect(refused).toMatchObject({ code: 'not-allowed' });
  });
});
