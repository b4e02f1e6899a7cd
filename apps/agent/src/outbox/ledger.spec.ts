import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { LedgerFile, nextEpoch, type Ledger } from './ledger.ts';

const ledger = (epoch: number): Ledger => ({
  epoch,
  starts: epoch,
  lastSeq: epoch * 3,
  acked: [epoch, 2],
  floor: [epoch, 1],
  skip: [epoch, 0],
  owner: '11111111222243338444555555555555',
});

async function reopen(storage: MemoryStorage): Promise<Ledger | null> {
  return (await LedgerFile.open(await storage.open('ledger.bin'))).ledger;
}

describe('the ledger', () => {
  test('is none at first', async () => {
    expect(await reopen(new MemoryStorage())).toBeNull();
  });

  test('has the last written record', async () => {
    const storage = new MemoryStorage();
    const { file } = await LedgerFile.open(await storage.open('ledger.bin'));
    for (const epoch of [1, 2, 3]) await file.write(ledger(epoch));
    expect(await reopen(storage)).toEqual(ledger(3));
    const again = await LedgerFile.open(await storage.open('ledger.bin'));
    await again.file.write(ledger(4));
    expect(await reopen(storage)).toEqual(ledger(4));
  });

  test('torn by a power cut is the former or the new one, never a mixture', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 8 }), async (draws) => {
        const storage = new MemoryStorage();
        const { file } = await LedgerFile.open(await storage.open('ledger.bin'));
        await storage.syncNames();
        await file.write(ledger(1));
        await file.write(ledger(2));
        storage.fault = (operation) => {
          if (operation === 'sync') throw new Error('power cut');
        };
        await file.write(ledger(3)).catch(() => undefined);
        storage.fault = () => undefined;
        let draw = 0;
        storage.powerCut(() => draws[draw++ % draws.length] as number);
        expect([ledger(2), ledger(3)]).toContainEqual(await reopen(storage));
      }),
    );
  });

  test('with one slot damaged is the other', async () => {
    const storage = new MemoryStorage();
    const { file } = await LedgerFile.open(await storage.open('ledger.bin'));
    await file.write(ledger(1));
    await file.write(ledger(2));
    storage.damage('ledger.bin', (bytes) => bytes.fill(7, 0, 100));
    expect(await reopen(storage)).toEqual(ledger(1));
  });
});

test.for([
  ['the time in seconds', 0, 1_700_000_000_500, 1_700_000_000],
  ['later than the last, with a clock in the past', 1_700_000_000, 1_000, 1_700_000_001],
  ['later than the last, also twice in a second', 1_700_000_000, 1_700_000_000_500, 1_700_000_001],
  ['small with a clock that was never set', 0, 0, 1],
] as const)('an epoch is %s', ([, last, nowMs, expected]) => {
  expect(nextEpoch(last, nowMs)).toBe(expected);
});
