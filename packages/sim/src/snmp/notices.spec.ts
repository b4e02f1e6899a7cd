import { drivers, exampleState, interpretNotification } from '@loopstart/drivers';
import { describe, expect, test } from 'vitest';
import type { Change } from '../line/changes.ts';
import { noticeOf } from './notices.ts';

const changeOf = (kind: Change['kind'], position: number | null = null, fault: Change['fault'] = null): Change => ({
  at: 0,
  kind,
  position,
  fault,
});

const CHANGES: Change[] = [
  changeOf('cold-start'),
  changeOf('port-fault', 2, 'ground-fault'),
  changeOf('port-fault-cleared', 2, 'ground-fault'),
  changeOf('port-fault', 2, 'no-line-device'),
  changeOf('port-fault-cleared', 2, 'no-line-device'),
  changeOf('port-fault', 2, 'over-temperature'),
  changeOf('receiver-off-hook', 2),
  changeOf('registration-lost', 2),
  changeOf('registration-restored', 2),
  changeOf('hook-change', 2),
  changeOf('temperature-high'),
  changeOf('temperature-normal'),
];

/** The event kinds that a change may have where the vendor has no notification of its own for it. */
const ALIKE: Partial<Record<Change['kind'], string>> = { 'port-fault': 'link-down', 'port-fault-cleared': 'link-up' };

describe('a notification of a gateway is interpreted as the change that caused it', () => {
  const withPorts = drivers.filter((driver) => exampleState(driver).ports.length >= 2);
  test.for(
    withPorts.flatMap((driver) =>
      CHANGES.map((change) => [driver.id, change.kind, change.fault, driver, change] as const),
    ),
  )('%s: %s %s', ([, , , driver, change]) => {
    const { ports } = exampleState(driver);
    const notice = noticeOf(driver, ports, change);
    if (notice === null) return;
    const { events } = interpretNotification(driver.notifications, { ...notice, uptimeTicks: 0 }, ports);
    expect(events).toHaveLength(1);
    expect([change.kind, ALIKE[change.kind]]).toContain(events[0]?.kind);
    // Vendors that name no port in a notification leave it to the next poll.
    expect([change.position, null]).toContain(events[0]?.position);
  });

  test('every vendor notifies of a cold start', () => {
    const silent = drivers.filter(
      (driver) => noticeOf(driver, exampleState(driver).ports, changeOf('cold-start')) === null,
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test('AudioCodes names the port of a fault, IF-MIB gateways report it as a link', () => {
    const trapOidOf = (id: string, change: Change) => {
      const driver = drivers.find((one) => one.id === id);
      if (driver === undefined) throw new Error(`no driver ${id}`);
      return noticeOf(driver, exampleState(driver).ports, change)?.trapOid ?? null;
    };
    const LINK_DOWN = '1.3.6.1.6.3.1.1.5.3';
    expect(trapOidOf('audiocodes', changeOf('port-fault', 1, 'ground-fault'))).toBe(
      '1.3.6.1.4.1.5003.9.10.1.21.2.0.76',
    );
    expect(trapOidOf('patton-smartnode', changeOf('port-fault', 1, 'short-circuit'))).toBe(LINK_DOWN);
    expect(trapOidOf('sangoma-vega', changeOf('registration-lost', 3))).toBe('1.3.6.1.4.1.4686.11.0.51');
    expect(trapOidOf('grandstream-gxw', changeOf('port-fault', 1, 'short-circuit'))).toBeNull();
  });
});
