import type { RunbookRun } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { evidenceReason, evidenceValue, lineTestWords, ticketText } from './words.ts';

test.for([
  { item: { key: 'ringVoltageV', value: 61.25 }, text: '61.3 V' },
  { item: { key: 'callsLastSixHours', value: 4 }, text: '4' },
  { item: { key: 't38', value: false }, text: 'no' },
  { item: { key: 'codecs', value: [] as string[] }, text: 'none' },
  { item: { key: 'codecs', value: ['G.711A', 'G.729'] }, text: 'G.711A, G.729' },
  { item: { key: 'oper', value: 'out-of-service' }, text: 'out of service' },
  { item: { key: 'hook', value: null }, text: null },
])('$item is "$text"', ({ item, text }) => {
  expect(evidenceValue(item)).toBe(text);
});

test('what is unknown has its reason in words', () => {
  expect(evidenceReason({ reason: 'not-supported' })).toMatch(/not supported/);
  expect(evidenceReason({ reason: null })).toBe('unknown');
});

test('a line test that was not run says why', () => {
  expect(lineTestWords({ state: 'not-run', reason: 'Port 2 has a call in progress.', actionId: null })).toBe(
    'No line test: Port 2 has a call in progress.',
  );
  expect(lineTestWords({ state: 'running', reason: null, actionId: null })).toBeNull();
});

const RUN: RunbookRun = {
  id: '00000000-0000-4000-8000-000000000001',
  symptom: 'no-ring',
  gatewayId: '00000000-0000-4000-8000-000000000002',
  gatewayName: 'lodge-mp118',
  position: 4,
  incidentId: null,
  state: 'done',
  startedAt: '2026-11-23T10:00:00.000Z',
  finishedAt: '2026-11-23T10:00:04.000Z',
  startedBy: 'Ada',
  lineTest: { state: 'not-run', reason: null, actionId: null },
  evidence: [{ key: 'ringVoltageV', value: null, reason: 'not-supported', at: null, source: 'poll' }],
  hypotheses: [
    {
      id: 'x',
      title: 'The ring is too weak',
      score: 3,
      for: [{ key: 'fault', points: 9, text: 'It cannot ring.' }],
      against: [{ key: 'hook', points: -6, text: 'It is on hook.' }],
      step: { text: 'Unplug all but one.', who: 'on-site', disturbs: true, proves: 'The load.' },
    },
  ],
  next: { text: 'Unplug all but one.', who: 'on-site', disturbs: true, proves: 'The load.' },
  busy: false,
  lifeSafety: false,
  missing: [],
};

test('the text for a ticket has the next step, the causes with their reasons, and what is unknown', () => {
  const text = ticketText(RUN);
  for (const part of [
    'Does not ring: lodge-mp118, port 4',
    'Next: Unplug all but one. (on site)',
    '+ It cannot ring.',
    '- It is on hook.',
    'Ring voltage: unknown (not supported',
  ])
    expect(text).toContain(part);
});
