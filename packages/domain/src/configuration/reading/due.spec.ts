import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueReads, type OpenRead, type ReadableGateway, READS_AT_ONCE, readSlot } from './index.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Its slot begins at midnight. */
const FIRST = '00000000-0000-4000-8000-000000000000';
const NOW = 20 * DAY + 12 * 3_600_000;
const gateway = (more: Partial<ReadableGateway> = {}): ReadableGateway => ({
  gatewayId: FIRST,
  agentId: 'a',
  lastReadAt: NOW - DAY,
  lastIssuedAt: NOW - DAY,
  changedAt: null,
  hasOpenJob: false,
  ...more,
});
const READ_TODAY = { lastReadAt: NOW - 3 * 3_600_000, lastIssuedAt: NOW - 3 * 3_600_000 };

describe('a reading', () => {
  test.for<[string, Partial<ReadableGateway>, string | null]>([
    ['is due once a day', {}, 'daily'],
    ['is due where there was none yet', { lastReadAt: null, lastIssuedAt: null }, 'daily'],
    ['is not due where it was read today, also by a deployment', { lastReadAt: 20 * DAY + 1 }, null],
    ['that failed today is not repeated', { lastIssuedAt: 20 * DAY }, null],
    ['is never issued beside another job', { hasOpenJob: true }, null],
    ['is due after a notified change', { ...READ_TODAY, changedAt: NOW - 5 * MINUTE }, 'config-changed'],
    ['waits until a change has settled', { ...READ_TODAY, changedAt: NOW - MINUTE }, null],
    ['does not follow what it caused itself', { ...READ_TODAY, changedAt: READ_TODAY.lastReadAt + MINUTE }, null],
    [
      'is not repeated at once for a gateway that notifies without end',
      { lastReadAt: NOW - 30 * MINUTE, lastIssuedAt: NOW - 30 * MINUTE, changedAt: NOW - 5 * MINUTE },
      null,
    ],
    ['of a busy gateway waits also after a change', { hasOpenJob: true, changedAt: NOW - 5 * MINUTE }, null],
  ])('%s', ([, more, cause]) => {
    expect(dueReads([gateway(more)], [], NOW).map((read) => read.cause)).toEqual(cause === null ? [] : [cause]);
  });

  test('of a slot is named by the begin of the slot, wherever in it the cloud asks', () => {
    const id = '80000000-0000-4000-8000-000000000000';
    expect(readSlot(FIRST, NOW)).toBe(20 * DAY);
    expect(readSlot(id, NOW)).toBe(20 * DAY + DAY / 2);
    expect(readSlot(id, NOW - 1)).toBe(19 * DAY + DAY / 2);
    expect(dueReads([gateway()], [], NOW)[0]!.readFor).toBe(20 * DAY);
  });

  test('is spread over the day by the gateway', () => {
    const hours = new Map<number, number>();
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), (id) => {
        const slot = readSlot(id, NOW);
        expect(NOW - slot).toBeGreaterThanOrEqual(0);
        expect(NOW - slot).toBeLessThan(DAY);
        expect(readSlot(id, slot)).toBe(slot);
        expect(readSlot(id, slot - 1)).toBe(slot - DAY);
        const hour = Math.floor((slot % DAY) / 3_600_000);
        hours.set(hour, (hours.get(hour) ?? 0) + 1);
      }),
      { numRuns: 500 },
    );
    expect(hours.size).toBeGreaterThan(20);
  });

  test('after a change comes first, then what waits longest', () => {
    const [early, late] = ['10000000-0000-4000-8000-000000000000', '70000000-0000-4000-8000-000000000000'];
    const changed = gateway({ gatewayId: late, agentId: 'b', ...READ_TODAY, changedAt: NOW - 5 * MINUTE });
    const reads = dueReads([gateway({ gatewayId: early }), gateway(), changed], [], NOW);
    expect(reads.map(({ gatewayId }) => gatewayId)).toEqual([late, FIRST, early]);
  });

  const OFFLINE: OpenRead = { agentId: 'a', state: 'waiting', releasedAt: NOW - 60 * MINUTE, reportedAt: NOW - MINUTE };
  test.for<[string, Partial<OpenRead>, number]>([
    ['that waits for its gateway takes no place', {}, READS_AT_ONCE.agent],
    ['that an agent never answered takes none for ever', { reportedAt: null }, READS_AT_ONCE.agent],
    ['that was just sent takes one', { reportedAt: null, releasedAt: NOW - MINUTE }, READS_AT_ONCE.agent - 1],
    ['that is being done takes one', { state: 'applying' }, READS_AT_ONCE.agent - 1],
  ])('%s', ([, more, count]) => {
    const ids = ['1', '2', '3'].map((digit) => `${digit}0000000-0000-4000-8000-000000000000`);
    const gateways = ids.map((gatewayId) => gateway({ gatewayId }));
    expect(dueReads(gateways, [{ ...OFFLINE, ...more }], NOW)).toHaveLength(count);
  });

  test('whatever the fleet is: no more at once than may be, none twice, none of a busy gateway', () => {
    const time = fc.option(fc.integer({ min: NOW - 3 * DAY, max: NOW }), { nil: null });
    const some = fc.record({
      gatewayId: fc.uuid({ version: 4 }),
      agentId: fc.constantFrom(...Array.from({ length: 40 }, (_, at) => `a${at}`)),
      lastReadAt: time,
      lastIssuedAt: time,
      changedAt: time,
      hasOpenJob: fc.boolean(),
    });
    const reads = fc.record({
      agentId: fc.constantFrom('a1', 'a2'),
      state: fc.constantFrom('waiting', 'applying'),
      releasedAt: fc.integer({ min: NOW - DAY, max: NOW }),
      reportedAt: time,
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 120 }), fc.array(reads, { maxLength: 4 }), (gateways, open) => {
        const due = dueReads(gateways, open, NOW);
        const applying = open.filter(({ state }) => state === 'applying');
        expect(due.length + applying.length).toBeLessThanOrEqual(READS_AT_ONCE.operator + 4);
        expect(new Set(due.map(({ gatewayId }) => gatewayId)).size).toBe(due.length);
        for (const agentId of new Set(gateways.map((one) => one.agentId))) {
          const of = gateways.filter((one) => one.agentId === agentId).map(({ gatewayId }) => gatewayId);
          expect(due.filter(({ gatewayId }) => of.includes(gatewayId)).length).toBeLessThanOrEqual(READS_AT_ONCE.agent);
        }
        const busy = new Set(gateways.flatMap((one) => (one.hasOpenJob ? [one.gatewayId] : [])));
        expect(due.some(({ gatewayId }) => busy.has(gatewayId))).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
