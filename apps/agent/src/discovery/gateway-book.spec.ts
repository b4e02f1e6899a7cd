import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { GatewayBook } from './gateway-book.ts';
import { MergeBook } from './merge-book.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-book-'));
});
afterAll(() => rm(folder, { recursive: true }));

const open = async (path: string) =>
  GatewayBook.open(path, new FakeClock(), quietLog, await MergeBook.open(join(folder, 'merges.json'), quietLog));

test('a book of an older agent is read: its text for a model that is not known is none, with a reason', async () => {
  const path = join(folder, 'gateways.json');
  const gateway = {
    vendor: 'Grandstream',
    model: 'unknown model',
    firmware: '1.0.23.9',
    hardwareRevision: null,
    serial: null,
    macAddress: 'c0:74:ad:00:00:0b',
    sysName: null,
    sysDescr: 'Linux HT8XX 3.4.20',
    sysObjectId: null,
    powerSource: null,
  };
  const entry = {
    gatewayId: '6f1c1f0e-5a0b-4a43-9a6f-0d6a3f1c0001',
    basis: 'mac',
    name: 'mac:c0:74:ad:00:00:0b',
    vendor: 'Grandstream',
    model: 'unknown model',
    driverId: 'grandstream-ht',
    driverRevision: 1,
    firmware: '1.0.23.9',
    revision: 7,
    inventoryDigest: 'd',
    lastAnswerAt: 1,
    found: { gateway, ports: [], portList: 'confirmed' },
  };
  const other = { ...entry, model: 'HT802', found: { ...entry.found, gateway: { ...gateway, model: 'HT802' } } };
  await writeFile(path, JSON.stringify({ '192.0.2.7:161': entry, '192.0.2.8:161': other }));

  const book = await open(path);
  const unknown = { model: null, modelReason: 'unknown-hardware' };
  expect(book.get('192.0.2.7:161')).toMatchObject({ model: null, revision: 7, found: { gateway: unknown } });
  const known = { model: 'HT802', modelReason: null };
  expect(book.get('192.0.2.8:161')).toMatchObject({ model: 'HT802', revision: 7, found: { gateway: known } });

  await book.save();
  expect(await readFile(path, 'utf8')).not.toContain('unknown model');
  expect((await open(path)).get('192.0.2.7:161')).toEqual(book.get('192.0.2.7:161'));
});
