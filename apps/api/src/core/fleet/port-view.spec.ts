import { describe, expect, test } from 'vitest';
import { type GatewayContext, nullReason, type PortRow, portView } from './port-view.ts';

const at = new Date('2026-11-23T10:00:00Z');
const gateway: GatewayContext = {
  distrust: null,
  distrustSince: null,
  observedAt: at,
  capabilities: { lineVoltageV: 'measured', jitterMs: 'not-supported' },
  nulls: [
    { field: 'loopCurrentMa', reason: 'not-while-in-use', ports: [0] },
    { field: 'ringVoltageV', reason: 'invalid-value', ports: '*' },
  ],
};
const row: PortRow = {
  gatewayId: '3f9c1c1e-6a3f-4d8e-9d0a-0f1e2d3c4b5a',
  position: 1,
  ordinal: 0,
  kind: 'fxs',
  name: 'FXS 1',
  label: 'Lift',
  number: '201',
  lineDeviceClass: 'lift-phone',
  signalling: null,
  impedance: null,
  countryProfile: null,
  codecs: null,
  t38: null,
  admin: 0,
  oper: 1,
  hook: 0,
  call: 0,
  registration: 0,
  fault: 0,
  lineVoltageV: 48.5,
  loopCurrentMa: null,
  ringVoltageV: null,
  jitterMs: null,
  packetLossPercent: null,
  callsIn: 4,
  callsOut: 2,
  callsFailed: null,
  stateSince: at,
};

test('a port that was read has the health of its state, and each null has its reason', () => {
  expect(portView(row, gateway)).toMatchObject({
    oper: 'out-of-service',
    severity: 'critical',
    healthReason: 'out-of-service',
    lineVoltageV: 48.5,
    stateSince: at.toISOString(),
    nulls: {
      loopCurrentMa: 'not-while-in-use',
      ringVoltageV: 'invalid-value',
      jitterMs: 'not-supported',
      packetLossPercent: 'not-answered',
      callsFailed: 'not-answered',
    },
  });
  expect(Object.keys(portView(row, gateway).nulls)).not.toContain('lineVoltageV');
});

test.for([
  ['agent-silent', 'agent-silent'],
  ['gateway-unreachable', 'gateway-unreachable'],
  ['gateway-stale', 'not-answered'],
] as const)('behind %s a port is unknown, not down', ([distrust, reason]) => {
  const since = new Date('2026-11-23T11:00:00Z');
  const port = portView(row, { ...gateway, nulls: null, distrust, distrustSince: since });
  expect(port).toMatchObject({
    severity: 'unknown',
    healthReason: 'nothing-known',
    oper: null,
    lineVoltageV: null,
    callsIn: null,
    stateSince: since.toISOString(),
    nulls: { oper: reason, lineVoltageV: reason, jitterMs: 'not-supported' },
    label: 'Lift',
    lineDeviceClass: 'lift-phone',
  });
});

describe('nullReason', () => {
  test.for<[string, string, number | null, Partial<GatewayContext>, string]>([
    ['of another port than the agent named', 'loopCurrentMa', 1, {}, 'not-answered'],
    ['of every port', 'ringVoltageV', 7, {}, 'invalid-value'],
    ['before the first reading', 'hook', 0, { observedAt: null }, 'never-read'],
    ['never read, behind a silent agent', 'hook', 0, { observedAt: null, distrust: 'agent-silent' }, 'agent-silent'],
    [
      'of the gateway itself',
      'temperatureC',
      null,
      { nulls: [{ field: 'temperatureC', reason: 'not-answered', ports: '*' }] },
      'not-answered',
    ],
    [
      'of a model that cannot report it, also behind a silent agent',
      'jitterMs',
      0,
      { distrust: 'agent-silent' },
      'not-supported',
    ],
  ])('%s', ([, field, ordinal, context, expected]) => {
    expect(nullReason(field, ordinal, { ...gateway, ...context })).toBe(expected);
  });
});
