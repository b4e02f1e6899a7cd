import { PORT_MEASURE_NAMES, PORT_STATE_FIELD_NAMES } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import type { KnownGateway } from '../session/session-context.ts';
import { type ReadSession, rowOf } from './rows.ts';

const NOW = 1_800_000_000_000;
const columns = (names: readonly string[], values: Record<string, (number | null)[]> = {}) =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? [null, null]]));

const known = {
  driver: { id: 'a-driver' },
  inventory: {
    gatewayId: '0190a7c2-0001-7abc-8def-0123456789ab',
    pollIntervalMs: 30_000,
    gateway: { vendor: 'Patton', model: null, firmware: null, serial: null, macAddress: null, sysName: null },
    ports: [
      { position: 1, kind: 'fxs', name: null, number: null },
      { position: 4, kind: 'fxo', name: 'Exchange', number: '201' },
    ],
  },
  reading: {
    state: columns(PORT_STATE_FIELD_NAMES, { hook: [0, 1] }),
    measures: columns(PORT_MEASURE_NAMES, { lineVoltageV: [-48.5, null], loopCurrentMa: [0, null] }),
    nulls: [
      { field: 'lineVoltageV', reason: 'invalid-value', ports: [1] },
      { field: 'jitterMs', reason: 'not-supported', ports: '*' },
    ],
  },
  readAt: NOW - 10_000,
} as unknown as KnownGateway;

const session = (changes: Partial<ReadSession['status']> = {}, more: Partial<ReadSession> = {}): ReadSession => ({
  address: '192.0.2.1:161',
  known,
  parked: false,
  status: { address: '', gatewayId: '', reachable: true, code: null, reason: null, lastAnswerAt: NOW, ...changes },
  ...more,
});

describe('the rows of a gateway', () => {
  test('have what was read, and the reason for what was not', () => {
    const { gateway, ports } = rowOf(session(), NOW)!;
    expect(gateway).toMatchObject({ name: 'Patton', current: true, reachability: 'reachable', ports: 2 });
    expect(ports.map(({ position, kind, states }) => [position, kind, states.hook, states.oper])).toEqual([
      [1, 'fxs', 'on-hook', null],
      [4, 'fxo', 'off-hook', null],
    ]);
    expect(ports[0]!.measures).toMatchObject({
      lineVoltageV: { value: -48.5 },
      loopCurrentMa: { value: 0 },
      jitterMs: { absent: 'not-supported' },
    });
    expect(ports[1]!.measures).toMatchObject({
      lineVoltageV: { absent: 'invalid-value' },
      loopCurrentMa: { absent: 'not-answered' },
    });
  });

  test.for([
    ['does not answer', session({ reachable: false, reason: 'No answer.' }), 'unreachable', 'gateway-unreachable'],
    ['was not asked yet', session({ reachable: null }), 'unknown', 'not-answered'],
    ['was read too long ago', session({}, { known: { ...known, readAt: NOW - 91_000 } }), 'reachable', 'not-answered'],
    ['was never read', session({}, { known: { ...known, reading: null, readAt: null } }), 'reachable', 'never-read'],
  ] as const)('are unknown where it %s', ([, asked, reachability, absent]) => {
    const { gateway, ports } = rowOf(asked, NOW)!;
    expect(gateway).toMatchObject({ current: false, reachability });
    for (const port of ports) {
      expect(Object.values(port.states).every((state) => state === null)).toBe(true);
      expect(Object.values(port.measures)).toEqual(PORT_MEASURE_NAMES.map(() => ({ absent })));
    }
  });

  test.for([
    ['nothing was recognised', session({}, { known: null })],
    ['another session reads the gateway', session({}, { parked: true })],
  ] as const)('are not there where %s', ([, asked]) => expect(rowOf(asked, NOW)).toBeNull());
});
