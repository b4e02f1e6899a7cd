import { type AlertRecord, Records } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { memoryDelta } from './memory.ts';

const record = (key: string, change: Partial<AlertRecord> = {}): AlertRecord => ({
  key,
  kind: 'agent-silent',
  subject: { type: 'agent', id: key },
  where: { customerId: null, siteId: null, agentId: key, gatewayId: null, position: null, lineDeviceClass: null },
  severity: 'major',
  phase: 'open',
  raiseAfterMs: 0,
  clearAfterMs: 0,
  incarnation: 1,
  badSince: 1,
  goodSince: null,
  openedAt: 1,
  verdict: 'bad',
  observedAt: 1,
  evidence: { text: 'silent', seen: { forS: 1 }, thresholds: {} },
  hold: null,
  announced: false,
  flapping: false,
  history: { bits: 1, length: 1, at: 1 },
  ...change,
});
const records = (...list: AlertRecord[]) => Records.of(list);

test.for<[string, AlertRecord[], AlertRecord[], string[], string[]]>([
  ['what is new is written', [], [record('a')], ['a'], []],
  ['what is the same is not', [record('a')], [record('a')], [], []],
  ['what went is forgotten', [record('a'), record('b')], [record('b')], [], ['a']],
  ['another phase', [record('a')], [record('a', { phase: 'recovering' })], ['a'], []],
  ['another hold', [record('a')], [record('a', { hold: { reason: 'suppressed', by: 'b' } })], ['a'], []],
  ['announced', [record('a')], [record('a', { announced: true })], ['a'], []],
  ['a further look that found the same', [record('a')], [record('a', { observedAt: 9 })], [], []],
  [
    'other numbers of the same',
    [record('a')],
    [record('a', { evidence: { text: 'x', seen: { forS: 2 }, thresholds: {} } })],
    [],
    [],
  ],
])('%s', ([, before, after, kept, forgotten]) => {
  const delta = memoryDelta(records(...before), records(...after));
  expect(delta.kept.map(({ key }) => key)).toEqual(kept);
  expect(delta.forgotten).toEqual(forgotten);
});
