import { expect, test } from 'vitest';
import type { ConditionKind } from '../kinds.ts';
import type { AlertRecord, GatewayFacts } from '../types.ts';
import { isAnswered } from './answered.ts';

type Told = Partial<GatewayFacts>;

/** What says that a condition of port 2 is over, and what leaves it open. Codes are positions in the vocabularies. */
const ROWS: { kind: ConditionKind; seen?: AlertRecord['evidence']['seen']; over: Told; open: Told | null }[] = [
  { kind: 'over-temperature', seen: { temperatureC: 70 }, over: { temperatureC: 40 }, open: { temperatureC: null } },
  { kind: 'lines-failed-together', over: { oper: [null, 0] }, open: { oper: [null, null] } },
  { kind: 'registrar-lost', over: { registration: [0, null] }, open: { registration: [null, null] } },
  // A few lines that are well do not speak for those that were not read.
  {
    kind: 'lines-failed-together',
    seen: { failed: 2, of: 2 },
    over: { oper: [0, null], fault: [null, 0] },
    open: { oper: [0, null], fault: [0, null] },
  },
  // Lines that were taken out since are not waited for.
  {
    kind: 'registrar-lost',
    seen: { failed: 8, of: 8 },
    over: { registration: [0, 0] },
    open: { registration: [null, 0] },
  },
  { kind: 'port-out-of-service', seen: { fault: 'none' }, over: { oper: [null, 0] }, open: { fault: [0, 0] } },
  {
    kind: 'port-out-of-service',
    seen: { fault: 'short-circuit' },
    over: { fault: [null, 0] },
    open: { oper: [0, 0], fault: [0, null] },
  },
  { kind: 'ring-failure', over: { fault: [null, 0] }, open: { fault: [0, null] } },
  { kind: 'no-dial-tone', over: { fault: [null, 0] }, open: { fault: null } },
  {
    kind: 'line-test-failed',
    seen: { fault: 'line-test-failed' },
    over: { fault: [0, 0] },
    open: { fault: [0, null] },
  },
  {
    kind: 'line-test-failed',
    over: { lineTests: [null, { at: 1, verdict: 'pass', reason: 'all-normal', text: '' }] },
    open: { lineTests: [null, { at: 1, verdict: 'inconclusive', reason: 'receiver-off-hook', text: '' }] },
  },
  {
    kind: 'line-test-failed',
    over: { lineTests: [null, { at: 1, verdict: 'pass', reason: 'all-normal', text: '' }] },
    open: { lineTests: null },
  },
  { kind: 'port-unregistered', over: { registration: [null, 0] }, open: { registration: [0, null] } },
  { kind: 'port-locked', over: { admin: [null, 0] }, open: { admin: [0, null] } },
  { kind: 'receiver-off-hook', over: { hook: [null, 0] }, open: { hook: [0, 1], call: [0, null] } },
  {
    kind: 'line-voltage-abnormal',
    over: { hook: [1, 0], lineVoltageV: [null, 48] },
    open: { hook: [0, 1], lineVoltageV: [48, 48] },
  },
  {
    kind: 'loop-current-abnormal',
    over: { hook: [1, 0], loopCurrentMa: [null, 0] },
    open: { hook: [0, 1], loopCurrentMa: [0, 23] },
  },
  { kind: 'call-quality-poor', over: { jitterMs: [null, 3] }, open: { jitterMs: [3, null], packetLossPercent: null } },
  { kind: 'registrar-lost', seen: { alarm: 'SIP proxy.' }, over: {}, open: null },
  { kind: 'port-unregistered', seen: { alarm: 'Line 2.' }, over: {}, open: null },
  { kind: 'fax-failures', over: { recentCalls: [null, { calls: 9, failed: 0 }] }, open: { recentCalls: null } },
  {
    kind: 'fax-failures',
    over: { recentCalls: [null, { calls: 1, failed: 0 }] },
    open: {
      recentCalls: [
        { calls: 9, failed: 0 },
        { calls: 0, failed: 0 },
      ],
    },
  },
];

const NOTHING = { positions: [1, 2], temperatureC: null, alarms: [] } as unknown as GatewayFacts;
const recordOf = (kind: ConditionKind, seen: AlertRecord['evidence']['seen'] = {}) =>
  ({ kind, where: { position: 2 }, evidence: { text: '', seen, thresholds: {} } }) as unknown as AlertRecord;

test.for(ROWS)('$kind is over by $over', ({ kind, seen, over }) => {
  expect(isAnswered({ ...NOTHING, ...over }, recordOf(kind, seen))).toBe(true);
});
test.for(ROWS.filter(({ open }) => open !== null))('$kind stays open by $open', ({ kind, seen, open }) => {
  expect(isAnswered({ ...NOTHING, ...open }, recordOf(kind, seen))).toBe(false);
});
