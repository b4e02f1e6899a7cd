import { ConfigDocument, ConfigDocumentPlace } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { type Directory, placeOf } from './place-of.ts';

const ports = [
  { position: 1, label: 'Lift' },
  { position: 2, label: '1' },
  { position: 3, label: 'Fax' },
  { position: 4, label: 'fax' },
];
const gateway = { siteName: 'Quay', macAddress: null, serial: null, ports: [] };
const DIRECTORY: Directory = {
  customers: [
    { id: 'c1', name: 'Harbour' },
    { id: 'c2', name: 'Twin' },
    { id: 'c3', name: 'twin' },
  ],
  sites: [
    { id: 's1', name: 'Quay', customerId: 'c1' },
    { id: 's2', name: 'Quay', customerId: 'c9' },
  ],
  gateways: [
    { ...gateway, id: 'g1', name: 'quay-1', siteId: 's1', macAddress: '000b82aabbcc', serial: 'SN1', ports },
    { ...gateway, id: 'g2', name: 'same', siteId: 's1', serial: 'SN2' },
    { ...gateway, id: 'g3', name: 'same', siteId: 's1', serial: 'SN2' },
  ],
};
const AT_QUAY = { customer: 'Harbour', site: 'Quay' };

test.for<[ConfigDocumentPlace, object]>([
  [{}, { layer: 'operator' }],
  [
    { vendor: 'Grandstream', model: 'HT802' },
    { layer: 'gateway-model', vendor: 'Grandstream', model: 'HT802' },
  ],
  [{ customer: 'HARBOUR' }, { layer: 'customer', customerId: 'c1' }],
  [AT_QUAY, { layer: 'site', siteId: 's1' }],
  [
    { ...AT_QUAY, gateway: 'Quay-1' },
    { layer: 'gateway', gatewayId: 'g1' },
  ],
  [{ mac: '00:0B:82:AA:BB:CC' }, { layer: 'gateway', gatewayId: 'g1' }],
  [
    { serial: 'sn1', port: 'lift' },
    { layer: 'port', gatewayId: 'g1', position: 1 },
  ],
  [
    { serial: 'SN1', port: 1 },
    { layer: 'port', gatewayId: 'g1', position: 1 },
  ],
  [
    { serial: 'SN1', port: '1' },
    { layer: 'port', gatewayId: 'g1', position: 2 },
  ],
])('%j is one place', ([at, place]) => {
  expect(placeOf(ConfigDocumentPlace.parse(at), DIRECTORY)).toEqual(place);
});

test.for<[ConfigDocumentPlace, string, string]>([
  [{ customer: 'Harbor' }, 'customer', 'a customer that is there: Harbour, Twin, twin'],
  [{ customer: 'Twin' }, 'customer', 'a name of one customer: several have it: Twin (c2), twin (c3)'],
  [{ customer: 'Harbour', site: 'Key' }, 'site', 'a site that is there: Quay'],
  [
    { ...AT_QUAY, gateway: 'same' },
    'gateway',
    'a name of one gateway: several have it: same (mac not known, serial SN2), same (mac not known, serial SN2)',
  ],
  [{ mac: '000b82000000' }, 'mac', 'of one gateway in service, one of yours; none has it'],
  [{ serial: 'SN2' }, 'serial', 'of one gateway in service, one of yours; it is of same (Quay), same (Quay)'],
  [{ serial: 'SN1', port: 9 }, 'port', 'the position or label of one line: 1 (Lift), 2 (1), 3 (Fax), 4 (fax)'],
  [{ serial: 'SN1', port: 'FAX' }, 'port', 'the position or label of one line: 3 (Fax), 4 (fax)'],
])('%j is none, and candidates are named', ([at, key, expected]) => {
  expect(placeOf(at, DIRECTORY)).toEqual({ key, expected });
});

const entry = { at: {}, name: 'sip.transport', value: 'tls' };
test.for<[object, string]>([
  [{ ...entry, at: { site: 'Quay' } }, 'entries.0.at'],
  [{ ...entry, at: { customer: 'A', port: 1 } }, 'entries.0.at'],
  [{ ...entry, at: { custmer: 'A' } }, 'entries.0.at'],
  [{ ...entry, value: 'pigeon' }, 'entries.0.value'],
  [{ ...entry, name: 'sip.pigeon' }, 'entries.0.name'],
  [{ ...entry, at: { mac: 'aa', port: 1 } }, 'entries.0.at'],
  [{ ...entry, action: 'reset' }, 'entries.0.value'],
  [{ ...entry, seal: true }, 'entries.0'],
])('%j is refused at its path', ([wrong, path]) => {
  const { error } = ConfigDocument.safeParse({ version: 1, entries: [wrong] });
  expect(error?.issues[0]?.path.join('.')).toBe(path);
});
