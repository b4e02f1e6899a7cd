import { describe, expect, test } from 'vitest';
import type { UnreadableCode } from '../../telemetry/unreadable.ts';
import type { Happening, StandingAlarm } from '../alarms.ts';
import type { ConditionKind } from '../kinds.ts';
import { HEALTHY, two } from '../testing/facts.ts';
import { at, NOW } from '../testing/records.ts';
import { Thresholds } from '../thresholds.ts';
import type { GatewayFacts, Observation, ThresholdOverride } from '../types.ts';
import { gatewayRules } from './gateway.rules.ts';

/** When the gateway was read. */
const AT = NOW - 1000;
const PHONES = { devices: ['phone', 'phone'] } as const;
const PLACE = at({ customerId: 'c1', siteId: 's1', agentId: 'a1', gatewayId: 'g1' });

interface Given {
  facts?: Partial<GatewayFacts>;
  isBad?: string;
  agentLost?: string;
  settings?: (Pick<ThresholdOverride, 'kind'> & Partial<ThresholdOverride>)[];
}
function find({ facts = {}, isBad, agentLost, settings = [] }: Given) {
  const thresholds = new Thresholds(
    settings.map((one) => ({ scope: 'site', scopeId: 's1', parameters: {}, off: false, reason: 'test', ...one })),
  );
  return gatewayRules(
    { ...HEALTHY, ...PHONES, ...facts },
    { now: NOW, thresholds, isBad: (key) => key === isBad, agentLost: (id) => id === agentLost },
  );
}
const keysOf = (given: Given) => find(given).observations.map(({ key }) => key);
const only = (given: Given): Observation => {
  const { observations } = find(given);
  expect(observations).toHaveLength(1);
  return observations[0]!;
};
const alarm = (
  condition: ConditionKind,
  position: number | null,
  more: Partial<StandingAlarm> = {},
): StandingAlarm => ({
  key: `${condition}/${position}`,
  condition,
  position,
  severity: 'major',
  text: 'The gateway says so.',
  since: NOW - 9000,
  last: NOW - 9000,
  ...more,
});

describe('what is known of it', () => {
  test.for<{ name: string; given: Given; known: boolean; at: number; keys: string[] }>([
    { name: 'all, when it was just read', given: {}, known: true, at: AT, keys: [] },
    {
      name: 'nothing behind an agent that is lost',
      given: { agentLost: 'a1', facts: { temperatureC: 99, reachability: 'unreachable' } },
      known: false,
      at: NOW,
      keys: [],
    },
    { name: 'all, where another agent is lost', given: { agentLost: 'a2' }, known: true, at: AT, keys: [] },
    {
      name: 'nothing but that it does not answer',
      given: { facts: { reachability: 'unreachable', temperatureC: 99 } },
      known: false,
      at: NOW,
      keys: ['gateway-unreachable@gateway:g1'],
    },
    {
      name: 'nothing but that no reading comes',
      given: { facts: { observedAt: NOW - 90_001, temperatureC: 99 } },
      known: false,
      at: NOW,
      keys: ['reading-stands-still@gateway:g1'],
    },
    {
      name: 'all, three polls after its reading',
      given: { facts: { observedAt: NOW - 90_000, temperatureC: 99 } },
      known: true,
      at: NOW - 90_000,
      keys: ['over-temperature@gateway:g1'],
    },
    {
      name: 'nothing where it was never read',
      given: { facts: { observedAt: null } },
      known: false,
      at: NOW,
      keys: [],
    },
    {
      name: 'nothing where it is not known whether it is reached',
      given: { facts: { observedAt: NOW - 90_001, reachability: 'unknown' } },
      known: false,
      at: NOW,
      keys: [],
    },
    {
      name: 'all as of now, where its clock is ahead',
      given: { facts: { observedAt: NOW + 5000 } },
      known: true,
      at: NOW,
      keys: [],
    },
  ])('$name', ({ given, known, at: when, keys }) => {
    expect(find(given)).toMatchObject({ known, at: when });
    expect(keysOf(given)).toEqual(keys);
  });
});

describe('why it is not read', () => {
  const unread = (code: UnreadableCode, text: string | null): Given => ({
    facts: { reachability: 'unreachable', reachabilityAt: NOW - 70_000, unreadable: { code, text } },
  });
  test.for<{ given: Given; kind: ConditionKind; text: string; severity: string }>([
    {
      given: unread('no-answer', 'It does not answer SNMP.'),
      kind: 'gateway-unreachable',
      text: 'The gateway does not answer the agent.',
      severity: 'major',
    },
    {
      given: unread('unknown-user', 'It does not know the SNMPv3 user.'),
      kind: 'gateway-not-readable',
      text: 'The gateway answers the agent, but it cannot be read. It does not know the SNMPv3 user.',
      severity: 'minor',
    },
    {
      given: unread('snmp-error', null),
      kind: 'gateway-not-readable',
      text: 'The gateway answers the agent, but it cannot be read.',
      severity: 'minor',
    },
    {
      given: unread('target-removed', null),
      kind: 'gateway-not-polled',
      text: 'No target of the agent leads to the gateway any more.',
      severity: 'minor',
    },
  ])('$given.facts.unreadable.code: $kind', ({ given, kind, text, severity }) => {
    const { code, text: reason } = given.facts!.unreadable!;
    expect(only(given)).toMatchObject({
      kind,
      key: `${kind}@gateway:g1`,
      subject: { type: 'gateway', id: 'g1' },
      where: PLACE,
      severity,
      at: NOW,
      since: NOW - 70_000,
      evidence: { text, seen: { unreachableSince: NOW - 70_000, lastReadAt: AT, code, reason } },
    });
  });
  test('where neither reason nor time is known, it is so now', () => {
    const facts = { reachability: 'unreachable', reachabilityAt: null, unreadable: null } as const;
    expect(only({ facts })).toMatchObject({
      kind: 'gateway-unreachable',
      since: NOW,
      evidence: { seen: { unreachableSince: NOW, code: 'unknown', reason: null } },
    });
  });
});

describe('a gateway is as urgent as the lines that it takes with it', () => {
  const lift = { devices: ['phone', 'lift-phone'] } as const;
  const away = { reachability: 'unreachable' } as const;
  test.for<{ name: string; facts: Partial<GatewayFacts>; severity: string }>([
    { name: 'phones', facts: away, severity: 'major' },
    { name: 'a lift phone', facts: { ...away, ...lift }, severity: 'critical' },
    {
      name: 'on battery, with a lift phone',
      facts: { ...lift, alarms: [alarm('power-lost', null)] },
      severity: 'critical',
    },
    { name: 'a fan, with a lift phone', facts: { ...lift, alarms: [alarm('fan-failed', null)] }, severity: 'minor' },
    { name: 'heat, with a lift phone', facts: { ...lift, temperatureC: 70 }, severity: 'major' },
  ])('$name: $severity', ({ facts, severity }) => expect(only({ facts }).severity).toBe(severity));
});

describe('readings that stand still', () => {
  test('from when that is noticed, with the age of the last', () => {
    expect(only({ facts: { observedAt: NOW - 400_000 } })).toMatchObject({
      kind: 'reading-stands-still',
      at: NOW,
      since: NOW,
      evidence: {
        text: 'The last reading is 7 min old; one is due every 30 s.',
        seen: { lastReadAt: NOW - 400_000, pollIntervalMs: 30_000 },
      },
    });
  });
});

describe('a restart', () => {
  test.for<{ name: string; given: Given; found: boolean }>([
    { name: 'none', given: {}, found: false },
    { name: 'in the last ten minutes', given: { facts: { restartedAt: NOW - 599_999 } }, found: true },
    { name: 'ten minutes ago', given: { facts: { restartedAt: NOW - 600_000 } }, found: false },
    {
      name: 'an hour ago, where that is set to be remembered',
      given: {
        facts: { restartedAt: NOW - 3_600_000 },
        settings: [{ kind: 'gateway-rebooted', parameters: { rememberS: 3601 } }],
      },
      found: true,
    },
    {
      name: 'where it is not watched',
      given: { facts: { restartedAt: NOW - 1 }, settings: [{ kind: 'gateway-rebooted', off: true }] },
      found: false,
    },
  ])('$name: $found', ({ given, found }) =>
    expect(keysOf(given)).toEqual(found ? ['gateway-rebooted@gateway:g1'] : []),
  );

  test('since it happened', () => {
    expect(only({ facts: { restartedAt: NOW - 50_000, uptimeS: 49 } })).toMatchObject({
      at: AT,
      since: NOW - 50_000,
      evidence: {
        text: 'The gateway restarted without having been asked to.',
        seen: { restartedAt: NOW - 50_000, uptimeS: 49 },
      },
    });
  });
});

describe('heat', () => {
  const isBad = 'over-temperature@gateway:g1';
  const tooHot = (celsius: number) => `The gateway measures ${celsius} °C; 65 °C is too hot.`;
  test.for<{ name: string; given: Given; texts: string[] }>([
    { name: 'at the limit', given: { facts: { temperatureC: 65 } }, texts: [tooHot(65)] },
    { name: 'below it', given: { facts: { temperatureC: 64.9 } }, texts: [] },
    { name: 'once too hot, until 60 °C', given: { facts: { temperatureC: 60 }, isBad }, texts: [tooHot(60)] },
    { name: 'once too hot, below that', given: { facts: { temperatureC: 59.9 }, isBad }, texts: [] },
    {
      name: 'while another gateway is too hot',
      given: { facts: { temperatureC: 62 }, isBad: 'over-temperature@gateway:g2' },
      texts: [],
    },
    { name: 'not measured', given: { facts: { temperatureC: null } }, texts: [] },
    {
      name: 'an alarm where nothing is measured',
      given: { facts: { temperatureC: null, alarms: [alarm('over-temperature', null)] } },
      texts: ['The gateway says so.'],
    },
    {
      name: 'an alarm where little is measured',
      given: { facts: { temperatureC: 40, alarms: [alarm('fan-failed', 1), alarm('over-temperature', null)] } },
      texts: ['The gateway says so.'],
    },
    {
      name: 'both',
      given: { facts: { temperatureC: 71.6, alarms: [alarm('over-temperature', null)] } },
      texts: [tooHot(72)],
    },
  ])('$name', ({ given, texts }) => {
    const found = find(given).observations.filter(({ kind }) => kind === 'over-temperature');
    expect(found.map(({ evidence }) => evidence.text)).toEqual(texts);
  });
  test('measured: since the reading', () => {
    expect(only({ facts: { temperatureC: 70 } })).toMatchObject({
      at: AT,
      since: AT,
      evidence: { seen: { temperatureC: 70 } },
    });
  });
  test('by an alarm: since that was raised', () => {
    expect(only({ facts: { temperatureC: null, alarms: [alarm('over-temperature', null)] } })).toMatchObject({
      at: AT,
      since: NOW - 9000,
      evidence: { seen: { alarm: 'The gateway says so.', temperatureC: null } },
    });
  });
});

describe('actions that failed', () => {
  const failed = (agoS: number, position: number | null, reason: string | null) => ({
    at: NOW - agoS * 1000,
    what: 'Reset',
    position,
    reason,
  });
  test.for<{ name: string; failedActions: GatewayFacts['failedActions']; text: string; sinceS: number; count: number }>(
    [
      {
        name: 'of a port',
        failedActions: [failed(60, 2, null)],
        text: 'Reset on port 2 failed.',
        sinceS: 60,
        count: 1,
      },
      {
        name: 'of the gateway, with a reason',
        failedActions: [failed(60, null, 'It refused.')],
        text: 'Reset failed. It refused.',
        sinceS: 60,
        count: 1,
      },
      {
        name: 'two: the last is told',
        failedActions: [failed(90, 1, 'Busy.'), failed(60, 2, 'It refused.')],
        text: 'Reset on port 2 failed (2 in all). It refused.',
        sinceS: 90,
        count: 2,
      },
      {
        name: 'one of them an hour ago',
        failedActions: [failed(3600, 1, null), failed(3599, 2, null)],
        text: 'Reset on port 2 failed.',
        sinceS: 3599,
        count: 1,
      },
    ],
  )('$name', ({ failedActions, text, sinceS, count }) => {
    const { position, reason } = failedActions.at(-1)!;
    expect(only({ facts: { failedActions } })).toMatchObject({
      kind: 'action-failed',
      at: AT,
      since: NOW - sinceS * 1000,
      evidence: { text, seen: { action: 'Reset', position, reason, failed: count } },
    });
  });
  test('an hour ago: not any more', () =>
    expect(keysOf({ facts: { failedActions: [failed(3600, 1, null)] } })).toEqual([]));
  test('after the reading: counts from its own time', () => {
    expect(only({ facts: { failedActions: [failed(0.4, 1, null)] } }).at).toBe(NOW - 400);
  });
});

describe('alarms', () => {
  test.for<{ name: string; facts: Partial<GatewayFacts>; settings?: Given['settings']; keys: string[] }>([
    { name: 'of the gateway', facts: { alarms: [alarm('fan-failed', null)] }, keys: ['fan-failed@gateway:g1'] },
    { name: 'of a line', facts: { alarms: [alarm('line-alarm', 2)] }, keys: ['line-alarm@port:g1/2'] },
    { name: 'of a line that it does not have', facts: { alarms: [alarm('line-alarm', 9)] }, keys: [] },
    {
      name: 'of a line that nobody uses',
      facts: { devices: ['phone', 'unused'], alarms: [alarm('line-alarm', 2)] },
      keys: [],
    },
    {
      name: 'of the gateway, not watched',
      facts: { alarms: [alarm('fan-failed', null)] },
      settings: [{ kind: 'fan-failed', off: true }],
      keys: [],
    },
    {
      name: 'of a line, not watched on that line',
      facts: { alarms: [alarm('line-alarm', 2), alarm('line-alarm', 1)] },
      settings: [{ kind: 'line-alarm', scope: 'port', scopeId: 'g1/2', off: true }],
      keys: ['line-alarm@port:g1/1'],
    },
    {
      name: 'of a line, not watched on such lines',
      facts: { devices: ['phone', 'fax'], alarms: [alarm('line-alarm', 2)] },
      settings: [{ kind: 'line-alarm', scope: 'line-device-class', scopeId: 'fax', off: true }],
      keys: [],
    },
    // The reading already showed it.
    {
      name: 'of a line of which the reading says the same',
      facts: { admin: null, fault: two(9, 0), alarms: [alarm('ring-failure', 1)] },
      keys: ['ring-failure@port:g1/1'],
    },
  ])('$name: $keys', ({ facts, settings = [], keys }) => expect(keysOf({ facts, settings })).toEqual(keys));

  test('of a line: where it is, what is on it, and the words of the gateway', () => {
    expect(only({ facts: { devices: ['phone', 'lift-phone'], alarms: [alarm('ring-failure', 2)] } })).toMatchObject({
      subject: { type: 'port', id: 'g1/2' },
      where: { ...PLACE, position: 2, lineDeviceClass: 'lift-phone' },
      severity: 'critical',
      at: AT,
      since: NOW - 9000,
      evidence: { text: 'The gateway says so.', seen: { alarm: 'The gateway says so.', alarms: 1 } },
    });
  });
  test('of a line of which the device is not known', () => {
    expect(only({ facts: { devices: [], alarms: [alarm('ring-failure', 2)] } })).toMatchObject({
      where: { position: 2, lineDeviceClass: 'unknown' },
      severity: 'major',
    });
  });
  test('of the gateway: since it was raised, as grave as it says', () => {
    expect(only({ facts: { alarms: [alarm('gateway-alarm', null, { severity: 'warning' })] } })).toMatchObject({
      where: PLACE,
      severity: 'minor',
      at: AT,
      since: NOW - 9000,
    });
  });
  test('what happened without an end of its own', () => {
    const happened: Happening[] = [
      { condition: 'gateway-alarm', position: null, severity: 'major', text: 'It happened.', at: NOW - 5000 },
    ];
    expect(only({ facts: { happened } })).toMatchObject({ kind: 'gateway-alarm', evidence: { text: 'It happened.' } });
  });
});
