import { describe, expect, test } from 'vitest';
import { handOver } from './hand-over.ts';
import type { ConditionKind } from './kinds.ts';
import { conditionKey, portSubjectId } from './keys.ts';
import type { AlertRecord } from './types.ts';

function record(kind: ConditionKind, gatewayId: string, position: number | null): AlertRecord {
  const subject =
    position === null
      ? { type: 'gateway' as const, id: gatewayId }
      : { type: 'port' as const, id: portSubjectId(gatewayId, position) };
  return {
    key: conditionKey(kind, subject),
    kind,
    subject,
    where: { customerId: 'k', siteId: 's', agentId: 'a', gatewayId, position, lineDeviceClass: null },
    severity: 'major',
    phase: 'open',
    raiseAfterMs: 0,
    clearAfterMs: 0,
    incarnation: 3,
    badSince: 1,
    goodSince: null,
    openedAt: 1,
    verdict: 'bad',
    observedAt: 1,
    evidence: { text: '', seen: {}, thresholds: {} },
    hold: null,
    announced: true,
    flapping: false,
    history: { bits: 1, length: 1, at: 1 },
  };
}
const move = (records: AlertRecord[], taken: string[] = []) =>
  handOver(records, {
    from: 'old',
    to: { gatewayId: 'new', agentId: 'b' },
    positions: new Map([
      [1, 1],
      [2, 5],
    ]),
    taken: new Set(taken),
  });

describe('of what is remembered of a gateway that is replaced', () => {
  test('lines go on under their new number, with all that is known of them', () => {
    const before = record('port-out-of-service', 'old', 2);
    const [moved] = move([before]);
    expect(moved?.key).toBe(before.key);
    expect(moved?.record).toEqual({
      ...before,
      key: 'port-out-of-service@port:new/5',
      subject: { type: 'port', id: 'new/5' },
      where: { ...before.where, gatewayId: 'new', agentId: 'b', position: 5 },
    });
  });

  test.for([
    ['that it does not answer goes on', record('gateway-unreachable', 'old', null), 1],
    ['what the device said of itself ends with it', record('fan-failed', 'old', null), 0],
    ['a line that is left over ends with it', record('port-out-of-service', 'old', 3), 0],
    ['another gateway is not touched', record('port-out-of-service', 'other', 1), 0],
  ] as [string, AlertRecord, number][])('%s', ([, one, count]) => {
    expect(move([one])).toHaveLength(count);
  });

  test('what is remembered of the one that takes over is not written over', () => {
    expect(move([record('port-out-of-service', 'old', 1)], ['port-out-of-service@port:new/1'])).toEqual([]);
  });
});
