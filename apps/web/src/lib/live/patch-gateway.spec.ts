import type { Gateway, LiveEvent, Port } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { countPorts, patchGateway, patchSummary } from './patch-gateway.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-23T12:00:00.000Z') + seconds * 1000).toISOString();
const port = (position: number, severity: Port['severity'] = 'ok') =>
  ({ position, severity, call: 'idle', hook: 'on-hook', label: `Line ${position}` }) as Port;
const gateway = {
  id: 'g',
  observedAt: at(0),
  freshness: 'stale',
  reachability: 'unknown',
  temperatureC: 40,
  activeCalls: 0,
  worst: 'ok',
  ports: countPorts([port(1), port(2)]),
  portList: [port(1), port(2)],
} as Gateway;
const news = (change: Partial<Extract<LiveEvent, { type: 'gateway' }>> = {}) =>
  ({ type: 'gateway', gatewayId: 'g', siteId: 's', observedAt: at(10), ports: [], ...change }) as Extract<
    LiveEvent,
    { type: 'gateway' }
  >;

describe('news of a gateway', () => {
  test('changed fields are put in, absent ones stay, other ports are the same objects', () => {
    const next = patchGateway(gateway, news({ ports: [{ position: 2, call: 'ringing' }] }));
    expect(next.portList[1]).toEqual({ ...port(2), call: 'ringing' });
    expect(next.portList[0]).toBe(gateway.portList[0]);
    expect(gateway.portList[1]!.call).toBe('idle');
  });

  test('counts and the worst follow the ports', () => {
    const next = patchGateway(gateway, news({ ports: [{ position: 1, severity: 'critical' }] }));
    expect(next.worst).toBe('critical');
    expect(next.ports).toMatchObject({ total: 2, ok: 1, critical: 1 });
  });

  test('a reading makes an old one fresh', () => {
    expect(patchGateway(gateway, news())).toMatchObject({ freshness: 'live', observedAt: at(10) });
  });

  test('news that were overtaken change nothing', () => {
    const late = news({ observedAt: at(-1), ports: [{ position: 1, severity: 'critical' }] });
    expect(patchGateway(gateway, late)).toBe(gateway);
    expect(patchSummary(gateway, late)).toBe(gateway);
  });

  test('a port that the page does not know is not invented', () => {
    expect(patchGateway(gateway, news({ ports: [{ position: 9, severity: 'critical' }] })).portList).toHaveLength(2);
  });

  test('what became unknown is null, not the old value', () => {
    expect(patchGateway(gateway, news({ gateway: { temperatureC: null } })).temperatureC).toBeNull();
    expect(patchGateway(gateway, news({ ports: [{ position: 1, call: null }] })).portList[0]!.call).toBeNull();
  });

  test('a row of a list takes what a row shows', () => {
    const next = patchSummary(gateway, news({ gateway: { reachability: 'reachable', activeCalls: 3 } }));
    expect(next).toMatchObject({ reachability: 'reachable', activeCalls: 3, freshness: 'live', temperatureC: 40 });
  });
});
