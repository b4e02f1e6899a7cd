import { describe, expect, test } from 'vitest';
import type { GatewayFacts, PortFacts } from './facts.ts';
import { instancesOf } from './instances.ts';
import { DEFAULT_ENTERPRISE, objectsOid } from './oids.ts';

const ID = '0190a7c2-0001-7abc-8def-0123456789ab';
const INDEX = '1.144.167.194.0.1.122.188.141.239.1.35.69.103.137.171';
const BASE = objectsOid(DEFAULT_ENTERPRISE);

const agent = {
  agentId: ID,
  siteId: ID,
  hostname: 'box',
  version: '1.2.3',
  startedAt: Date.parse('2026-11-30T12:34:56.789Z'),
  gateways: 1,
  gatewaysReachable: 1,
  ports: 1,
};
const gateway: GatewayFacts = {
  gatewayId: ID,
  name: 'Hall',
  vendor: 'AudioCodes',
  model: null,
  firmware: null,
  serial: null,
  macAddress: null,
  address: '192.0.2.1:161',
  driver: 'audiocodes',
  reachability: 'reachable',
  reason: null,
  lastAnswerAt: null,
  readAt: null,
  current: true,
  ports: 1,
};
const absent = { absent: 'not-supported' } as const;
const port: PortFacts = {
  gatewayName: 'Hall',
  position: 7,
  kind: 'fxs',
  name: null,
  number: '201',
  states: {
    admin: 'unlocked',
    oper: 'in-service',
    hook: 'off-hook',
    call: null,
    registration: 'not-used',
    fault: 'none',
  },
  measures: {
    lineVoltageV: { value: -48.25 },
    loopCurrentMa: { value: 0 },
    ringVoltageV: absent,
    jitterMs: { absent: 'never-read' },
    packetLossPercent: absent,
  },
};

const shown = (changes: { gateway?: Partial<GatewayFacts>; port?: Partial<PortFacts> } = {}) => {
  const rows = [{ gateway: { ...gateway, ...changes.gateway }, ports: [{ ...port, ...changes.port }] }];
  const instances = instancesOf(DEFAULT_ENTERPRISE, agent, rows);
  return new Map(
    instances.map(({ oid, value }) => [oid, value.type === 'octets' ? Buffer.from(value.value) : value.value]),
  );
};
const ofPort = (arc: number) => `${BASE}.3.1.${arc}.${INDEX}.7`;
const ofGateway = (arc: number) => `${BASE}.2.1.${arc}.${INDEX}`;

describe('instances', () => {
  test.for([
    ['a word by its number, from 1', ofPort(8), 3],
    ['a state that is not known is 1', ofPort(9), 1],
    ['a voltage in millivolts', ofPort(20), -48_250],
    ['that it was measured', ofPort(21), 1],
    ['0 that was measured is 0', ofPort(22), 0],
    ['why there is none', ofPort(25), 2],
    ['another reason why', ofPort(27), 7],
    ['a text', ofPort(5), Buffer.from('201')],
    ['a time in UTC (RFC 2579)', `${BASE}.1.5.0`, Buffer.from([0x07, 0xea, 11, 30, 12, 34, 56, 7, 0x2b, 0, 0])],
    ['an id as its 16 octets', `${BASE}.1.1.0`, Buffer.from(ID.replaceAll('-', ''), 'hex')],
  ] as const)('%s', ([, oid, value]) => expect(shown().get(oid)).toEqual(value));

  test.for([
    ['a measurement', ofPort(24)],
    ['a name', ofPort(4)],
    ['a model', ofGateway(4)],
    ['a time', ofGateway(13)],
    ['an index', ofGateway(1)],
  ] as const)('%s that is not there has no instance', ([, oid]) => expect(shown().has(oid)).toBe(false));

  test('control characters of a device reach nobody, and a text ends with a whole character', () => {
    const values = shown({ gateway: { name: `a\u001B[2J\n${'ä'.repeat(200)}` } });
    const name = values.get(ofGateway(2)) as Buffer;
    expect(name.toString()).toMatch(/^a \[2J ä+$/u);
    expect(name.length).toBeLessThanOrEqual(255);
  });

  test('come in the order of their OIDs, whatever the order of gateways and ports', () => {
    const ids = ['ffffffff', '00000000', '7fffffff', '00000001'].map((start) => `${start}-0001-7abc-8def-0123456789ab`);
    const rows = ids.map((gatewayId) => ({
      gateway: { ...gateway, gatewayId },
      ports: [10, 9, 200, 1].map((position) => ({ ...port, position })),
    }));
    const arcs = instancesOf(DEFAULT_ENTERPRISE, agent, rows).map(({ oid }) => oid.split('.').map(Number));
    const compare = (a: number[], b: number[]): number => {
      const at = a.findIndex((arc, index) => arc !== b[index]);
      return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? -1);
    };
    expect(arcs).toEqual(arcs.toSorted(compare));
    expect(new Set(arcs.map(String)).size).toBe(arcs.length);
  });

  test('a word that the MIB does not have is refused', () => {
    expect(() => shown({ port: { kind: 'isdn' } })).toThrow('"isdn" is not one of fxs, fxo');
  });
});
