import type { Inventory } from '@loopstart/contracts';
import { driverById, type Driver, type Identity } from '@loopstart/drivers';
import { describe, expect, test } from 'vitest';
import { draftInventory, inventoryDigest, nextRevision, type InventoryDraft } from './inventory.ts';

const GATEWAY = '6f1c1f0e-5a0b-4a43-9a6f-0d6a3f1c0001';
const OTHER = '6f1c1f0e-5a0b-4a43-9a6f-0d6a3f1c0002';
const AT = Date.UTC(2020, 0, 1) + 1_000 * 60_000;
const driver = driverById('audiocodes') as Driver;

const identity = (part: Partial<Identity> = {}, firmware = '6.60A'): Identity => ({
  gateway: {
    vendor: 'AudioCodes',
    model: 'MP-118',
    firmware,
    hardwareRevision: null,
    serial: '3589',
    macAddress: null,
    sysName: null,
    sysDescr: null,
    sysObjectId: null,
    powerSource: null,
  },
  ports: [],
  evidence: 'recording',
  capabilities: { hook: 'measured', temperatureC: 'unproven', jitterMs: 'not-supported' },
  actions: ['poll-now'],
  idleEvidence: null,
  problems: [],
  ...part,
});
const draft = (found: Identity, former: Inventory | null = null): InventoryDraft =>
  draftInventory({
    gatewayId: GATEWAY,
    address: '192.0.2.1',
    driver,
    unknownHardware: false,
    pollIntervalMs: 30_000,
    canWrite: null,
    identity: found,
    former,
    known: { basis: 'address', formerGatewayId: null, conflict: null },
    portList: 'confirmed',
  });

describe('the revision of an inventory', () => {
  test.for([
    ['begins at the minutes since 2020', null, 'a', 1_000],
    ['stays while nothing changed', { gatewayId: GATEWAY, inventoryDigest: 'a', revision: 7 }, 'a', 7],
    ['grows with a change', { gatewayId: GATEWAY, inventoryDigest: 'b', revision: 999 }, 'a', 1_000],
    ['grows with two changes in one minute', { gatewayId: GATEWAY, inventoryDigest: 'b', revision: 1_000 }, 'a', 1_001],
    ['grows with a clock that went back', { gatewayId: GATEWAY, inventoryDigest: 'b', revision: 5_000 }, 'a', 5_001],
    [
      'begins anew for another gateway at the address',
      { gatewayId: OTHER, inventoryDigest: 'a', revision: 7 },
      'a',
      1_000,
    ],
  ] as const)('%s', ([, known, digest, expected]) => {
    expect(nextRevision(known, GATEWAY, digest, AT)).toBe(expected);
  });

  test('is one also with a clock before 2020', () => {
    expect(nextRevision(null, GATEWAY, 'a', 0)).toBe(1);
  });
});

describe('what counts as a change', () => {
  test('any difference in content, and nothing else', () => {
    expect(inventoryDigest(draft(identity()))).toBe(inventoryDigest(draft(identity())));
    expect(inventoryDigest(draft(identity({}, '6.80')))).not.toBe(inventoryDigest(draft(identity())));
  });

  test.for([
    ['a field that is silent for once stays measured', {}, '6.60A', 'measured'],
    ['with other firmware it must be proven again', {}, '7.0', 'unproven'],
  ] as const)('%s', ([, , firmware, expected]) => {
    const former: Inventory = { ...draft(identity()), revision: 1 };
    const silent = identity({ capabilities: { hook: 'unproven', temperatureC: 'unproven' } }, firmware);
    expect(draft(silent, former).capabilities).toMatchObject({ hook: expected, temperatureC: 'unproven' });
  });
});

describe('a model', () => {
  test.for([
    ['Mediatrix', 'Mediatrix 4124', '4124'],
    ['Mediatrix', 'MEDIATRIX  4124', '4124'],
    ['Mediatrix', 'Mediatrix', 'Mediatrix'],
    ['Mediatrix', 'Mediatrix ', 'Mediatrix '],
    ['Patton', 'PattonX 4', 'PattonX 4'],
    ['AudioCodes', 'MP-118', 'MP-118'],
  ] as const)('of %s that calls itself %s is %s', ([vendor, model, expected]) => {
    const found = identity();
    const { gateway } = draft({ ...found, gateway: { ...found.gateway, vendor, model } });
    expect(gateway.model).toBe(expected);
  });

  test('that is not known is sent as none, with the reason', () => {
    const found = identity();
    const unknown = { model: null, modelReason: 'not-reported' } as const;
    expect(draft({ ...found, gateway: { ...found.gateway, ...unknown } }).gateway).toMatchObject(unknown);
  });
});
