import { describe, expect, test } from 'vitest';
import { conditionKey } from './keys.ts';
import type { ConditionKind } from './kinds.ts';
import { causeOf, explainsUntil, toldOutageOf } from './root-cause.ts';
import type { AlertRecord, ConditionKey, Topology } from './types.ts';

/** Times are ms. */
const NOW = 1_700_000_000_000;
const second = 1000;
const minute = 60 * second;

const topology: Topology = {
  sites: new Map([['site', { id: 'site', customerId: 'customer' }]]),
  agents: new Map([['agent', { id: 'agent', siteId: 'site' }]]),
  gateways: new Map(
    (['gateway', 'other'] as const).map((id) => [
      id,
      { id, siteId: 'site', agentId: 'agent', model: 'M1', firmware: '1.0', registrar: 'sip.example' },
    ]),
  ),
};

const SUBJECTS = {
  operator: { type: 'operator', id: '' },
  site: { type: 'site', id: 'site' },
  agent: { type: 'agent', id: 'agent' },
  gateway: { type: 'gateway', id: 'gateway' },
  other: { type: 'gateway', id: 'other' },
  line: { type: 'port', id: 'gateway/3' },
  neighbour: { type: 'port', id: 'gateway/4' },
  server: { type: 'shared', id: 'registrar:sip.example' },
  otherServer: { type: 'shared', id: 'registrar:other.example' },
  firmware: { type: 'shared', id: 'firmware:M1 1.0' },
} as const;
type On = keyof typeof SUBJECTS;
/** A condition and what it is about. */
type Named = readonly [kind: ConditionKind, on: On];

/** An open condition; `more` changes it. */
function record([kind, on]: Named, more: Partial<AlertRecord> = {}): AlertRecord {
  const subject = SUBJECTS[on];
  const gatewayId = on === 'other' ? 'other' : ['gateway', 'line', 'neighbour'].includes(on) ? 'gateway' : null;
  const position = on === 'line' ? 3 : on === 'neighbour' ? 4 : null;
  // As in life: what is of a site or wider is of no agent.
  const agentId = gatewayId !== null || on === 'agent' ? 'agent' : null;
  return {
    key: conditionKey(kind, subject),
    kind,
    subject,
    where: { customerId: 'customer', siteId: 'site', agentId, gatewayId, position, lineDeviceClass: null },
    severity: 'major',
    phase: 'open',
    raiseAfterMs: 0,
    clearAfterMs: 0,
    incarnation: 1,
    badSince: NOW - minute,
    goodSince: null,
    openedAt: NOW - minute,
    verdict: 'bad',
    observedAt: NOW,
    evidence: { text: '', seen: {}, thresholds: {} },
    hold: null,
    announced: false,
    flapping: false,
    history: { bits: 1, length: 1, at: NOW },
    ...more,
  };
}

const among = (...records: AlertRecord[]) => new Map<ConditionKey, AlertRecord>(records.map((one) => [one.key, one]));
const keyOf = ([kind, on]: Named): ConditionKey => conditionKey(kind, SUBJECTS[on]);

describe('causeOf: the outermost condition that explains another', () => {
  test.for<{ name: string; of: Named; with: Named[]; cause: Named | null }>([
    { name: 'a dead line alone is a root', of: ['port-out-of-service', 'line'], with: [], cause: null },
    {
      name: 'another line explains nothing',
      of: ['port-out-of-service', 'line'],
      with: [['port-out-of-service', 'neighbour']],
      cause: null,
    },
    {
      name: 'another gateway explains nothing',
      of: ['port-out-of-service', 'line'],
      with: [['gateway-unreachable', 'other']],
      cause: null,
    },
    {
      name: 'lines that fail together explain one of them',
      of: ['port-out-of-service', 'line'],
      with: [['lines-failed-together', 'gateway']],
      cause: ['lines-failed-together', 'gateway'],
    },
    {
      name: 'a dead line is no matter of registration',
      of: ['port-out-of-service', 'line'],
      with: [['registrar-lost', 'gateway']],
      cause: null,
    },
    {
      name: 'a lost registration is explained by the gateway that lost its SIP server',
      of: ['port-unregistered', 'line'],
      with: [['registrar-lost', 'gateway']],
      cause: ['registrar-lost', 'gateway'],
    },
    {
      name: 'and that by the SIP server that several lost',
      of: ['port-unregistered', 'line'],
      with: [
        ['registrar-lost', 'gateway'],
        ['registrar-lost-together', 'server'],
      ],
      cause: ['registrar-lost-together', 'server'],
    },
    {
      name: 'another SIP server explains nothing',
      of: ['registrar-lost', 'gateway'],
      with: [['registrar-lost-together', 'otherServer']],
      cause: null,
    },
    {
      name: 'a gateway is away because its segment is',
      of: ['gateway-unreachable', 'gateway'],
      with: [['lan-segment-down', 'agent']],
      cause: ['lan-segment-down', 'agent'],
    },
    {
      name: 'a segment takes no line of a gateway that is still there',
      of: ['port-out-of-service', 'line'],
      with: [['lan-segment-down', 'agent']],
      cause: null,
    },
    {
      name: 'the outermost of several',
      of: ['port-out-of-service', 'line'],
      with: [
        ['gateway-unreachable', 'gateway'],
        ['lan-segment-down', 'agent'],
        ['agent-silent', 'agent'],
        ['site-wan-down', 'site'],
      ],
      cause: ['site-wan-down', 'site'],
    },
    {
      name: 'an agent that was stopped on purpose explains its gateways',
      of: ['gateway-unreachable', 'gateway'],
      with: [['agent-stopped', 'agent']],
      cause: ['agent-stopped', 'agent'],
    },
    {
      name: 'no power on the site explains the silent agent',
      of: ['agent-silent', 'agent'],
      with: [['site-power-lost', 'site']],
      cause: ['site-power-lost', 'site'],
    },
    {
      name: 'suspect firmware explains a gateway that is away',
      of: ['gateway-unreachable', 'gateway'],
      with: [['firmware-suspect', 'firmware']],
      cause: ['firmware-suspect', 'firmware'],
    },
    {
      name: 'heat explains a dead line',
      of: ['port-out-of-service', 'line'],
      with: [['over-temperature', 'gateway']],
      cause: ['over-temperature', 'gateway'],
    },
    {
      name: 'heat locks no line',
      of: ['port-locked', 'line'],
      with: [['over-temperature', 'gateway']],
      cause: null,
    },
    {
      name: 'a locked line explains what else is wrong with it',
      of: ['port-unregistered', 'line'],
      with: [['port-locked', 'line']],
      cause: ['port-locked', 'line'],
    },
    {
      name: 'warnings stand by themselves',
      of: ['certificate-expiring', 'agent'],
      with: [
        ['agent-silent', 'agent'],
        ['site-wan-down', 'site'],
      ],
      cause: null,
    },
    {
      name: 'nothing explains itself',
      of: ['agents-lost-together', 'operator'],
      with: [['agents-lost-together', 'operator']],
      cause: null,
    },
  ])('$name', ({ of, with: others, cause }) => {
    const records = among(record(of), ...others.map((one) => record(one)));
    expect(causeOf(records, topology, record(of), NOW)).toBe(cause === null ? null : keyOf(cause));
  });

  test.for([
    { name: 'only suspected', phase: 'pending', explains: true },
    { name: 'open', phase: 'open', explains: true },
    { name: 'recovering', phase: 'recovering', explains: true },
    { name: 'over', phase: null, explains: false },
  ] as const)('a cause that is $name', ({ phase, explains }) => {
    const line = record(['port-out-of-service', 'line']);
    const cause = record(['gateway-unreachable', 'gateway'], { phase });
    expect(causeOf(among(line, cause), topology, line, NOW)).toBe(explains ? cause.key : null);
  });

  test.for([
    { name: 'just now', agoMs: 0, explains: true },
    { name: 'a moment less than three minutes ago', agoMs: 3 * minute - 1, explains: true },
    { name: 'three minutes ago', agoMs: 3 * minute, explains: false },
    { name: 'an hour ago, still remembered', agoMs: 60 * minute, explains: false },
  ])('a restart explains a dead line for three minutes: $name', ({ agoMs, explains }) => {
    const line = record(['port-out-of-service', 'line']);
    const restart = record(['gateway-rebooted', 'gateway'], { badSince: NOW - agoMs });
    expect(causeOf(among(line, restart), topology, line, NOW)).toBe(explains ? restart.key : null);
  });

  test('everything but a restart explains for as long as it lasts', () => {
    expect(explainsUntil(record(['gateway-unreachable', 'gateway']), NOW)).toBe(Number.POSITIVE_INFINITY);
    expect(explainsUntil(record(['gateway-rebooted', 'gateway']), NOW)).toBe(NOW + 2 * minute);
  });
});

describe('toldOutageOf: the announced outage that a restart is part of', () => {
  const restart = (badSince: number) => record(['gateway-rebooted', 'gateway'], { badSince });
  const over = { phase: null, announced: false, told: { from: NOW - 20 * minute, to: NOW - 10 * minute } } as const;
  test.for<{ name: string; outage: AlertRecord; at: number; isPart: boolean }>([
    {
      name: 'within an announced outage that lasts',
      outage: record(['gateway-unreachable', 'gateway'], { announced: true }),
      at: NOW,
      isPart: true,
    },
    {
      name: 'within one that nobody was notified of',
      outage: record(['gateway-unreachable', 'gateway']),
      at: NOW,
      isPart: false,
    },
    {
      name: 'long before it began',
      outage: record(['gateway-unreachable', 'gateway'], { announced: true }),
      at: NOW - minute - 90 * second - 1,
      isPart: false,
    },
    {
      name: 'within the poll and tries before it was noticed',
      outage: record(['gateway-unreachable', 'gateway'], { announced: true }),
      at: NOW - minute - 90 * second,
      isPart: true,
    },
    {
      name: 'at the end of one that is over',
      outage: record(['site-power-lost', 'site'], over),
      at: NOW - 10 * minute + 30 * second,
      isPart: true,
    },
    {
      name: 'later than that',
      outage: record(['site-power-lost', 'site'], over),
      at: NOW - 10 * minute + 30 * second + 1,
      isPart: false,
    },
    {
      name: 'an outage that ends without a start',
      outage: record(['agent-stopped', 'agent'], over),
      at: NOW - 15 * minute,
      isPart: false,
    },
  ])('$name', ({ outage, at, isPart }) => {
    const one = restart(at);
    expect(toldOutageOf(among(one, outage), topology, one)).toBe(isPart ? outage.key : null);
  });

  test('only a restart is a trace of an outage', () => {
    const dead = record(['port-out-of-service', 'line']);
    const outage = record(['gateway-unreachable', 'gateway'], { announced: true });
    expect(toldOutageOf(among(dead, outage), topology, dead)).toBeNull();
  });
});
