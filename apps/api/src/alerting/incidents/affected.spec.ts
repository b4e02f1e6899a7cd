import { type AlertRecord, type EngineState, loadEngine, type Topology } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { affectedBy } from './affected.ts';

const topology: Topology = {
  sites: new Map([['s', { id: 's', customerId: 'c' }]]),
  agents: new Map([['a', { id: 'a', siteId: 's' }]]),
  gateways: new Map(
    ['g1', 'g2'].map((id) => [id, { id, siteId: 's', agentId: 'a', model: 'FX-4', firmware: null, registrar: null }]),
  ),
};
const record = (
  kind: AlertRecord['kind'],
  type: AlertRecord['subject']['type'],
  where: Partial<AlertRecord['where']>,
): AlertRecord => ({
  key: `${kind}@${JSON.stringify(where)}`,
  kind,
  subject: { type, id: 'x' },
  where: {
    customerId: 'c',
    siteId: 's',
    agentId: null,
    gatewayId: null,
    position: null,
    lineDeviceClass: null,
    ...where,
  },
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
  evidence: { text: '', seen: {}, thresholds: {} },
  hold: null,
  announced: false,
  flapping: false,
  history: { bits: 0, length: 0, at: 0 },
});
const port = (gatewayId: string, position: number) =>
  record('port-unregistered', 'port', { agentId: 'a', gatewayId, position });
const state = (...records: AlertRecord[]): EngineState => loadEngine(records, 0);

test.for<[string, AlertRecord, AlertRecord[], { agents: number; gateways: number; ports: number }]>([
  ['a site that is cut off', record('site-wan-down', 'site', {}), [], { agents: 1, gateways: 2, ports: 48 }],
  [
    'an agent that is silent',
    record('agent-silent', 'agent', { agentId: 'a' }),
    [],
    { agents: 0, gateways: 2, ports: 48 },
  ],
  [
    'a gateway',
    record('gateway-unreachable', 'gateway', { agentId: 'a', gatewayId: 'g1' }),
    [],
    { agents: 0, gateways: 1, ports: 24 },
  ],
  [
    'its ports count once',
    record('gateway-unreachable', 'gateway', { gatewayId: 'g1' }),
    [port('g1', 1)],
    { agents: 0, gateways: 1, ports: 24 },
  ],
  [
    'a lost SIP server: the ports without it',
    record('registrar-lost', 'gateway', { gatewayId: 'g1' }),
    [port('g1', 1), port('g1', 2)],
    { agents: 0, gateways: 0, ports: 2 },
  ],
  ['a port alone', port('g1', 1), [], { agents: 0, gateways: 0, ports: 0 }],
])('%s', ([, root, children, expected]) => {
  const keys = children.map(({ key }) => key);
  expect(affectedBy(root, keys, state(root, ...children), topology, () => 24)).toEqual(expected);
});
