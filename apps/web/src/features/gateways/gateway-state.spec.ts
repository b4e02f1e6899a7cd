import { describe, expect, test } from 'vitest';
import { aged, gatewayState } from './gateway-state.ts';

describe('whether a gateway can be read', () => {
  test.for([
    [{ reachability: 'reachable', freshness: 'live' }, 'ok', 'Reachable'],
    [{ reachability: 'reachable', freshness: 'stale' }, 'unknown', 'Old reading'],
    [{ reachability: 'unknown', freshness: 'stale' }, 'unknown', 'Unknown'],
    [{ reachability: 'unknown', freshness: 'never' }, 'unknown', 'Not read yet'],
    [{ reachability: 'unreachable', freshness: 'stale' }, 'major', 'Unreachable'],
    [{ reachability: 'unreachable', freshness: 'never' }, 'major', 'Unreachable'],
  ] as const)('%j is %s: %s', ([gateway, severity, words]) => {
    expect(gatewayState(gateway)).toEqual({ severity, words });
  });
});

describe('readings on a page that stayed open', () => {
  const observedAt = '2026-11-23T12:00:00.000Z';
  const at = (seconds: number) => Date.parse(observedAt) + seconds * 1000;
  const gateway = {
    freshness: 'live' as const,
    observedAt,
    pollIntervalMs: 30_000,
    portList: [{ severity: 'ok' as const }],
  };

  test('stay while they are fresh', () => {
    expect(aged(gateway, at(89))).toBe(gateway);
  });

  test('become unknown after three missed polls, never down', () => {
    expect(aged(gateway, at(91))).toMatchObject({ freshness: 'stale', portList: [{ severity: 'unknown' }] });
  });

  test('what the API calls stale stays stale', () => {
    const stale = { ...gateway, freshness: 'stale' as const };
    expect(aged(stale, at(0))).toBe(stale);
  });
});
