import { expect, test } from 'vitest';
import { OPER_STATES, REGISTRATION_STATES } from '../../line/vocabulary.ts';
import type { ConditionKind } from '../kinds.ts';
import { Thresholds } from '../thresholds.ts';
import type { AlertPlace, GatewayFacts } from '../types.ts';
import type { RuleContext } from './context.ts';
import { portRules } from './port.rules.ts';

const NOW = 1_800_000_000_000;
const IN_SERVICE = OPER_STATES.indexOf('in-service');
const OUT = OPER_STATES.indexOf('out-of-service');
const REGISTERED = REGISTRATION_STATES.indexOf('registered');
const LOST = REGISTRATION_STATES.indexOf('unregistered');

type Cells = (number | null)[];

/** Which of the two "most lines" conditions a gateway of eight lines has, by what was read of the lines. */
function together(read: { oper?: Cells; registration?: Cells }): [ConditionKind, Record<string, unknown>][] {
  const positions = [1, 2, 3, 4, 5, 6, 7, 8];
  const facts = {
    gatewayId: 'g1',
    positions,
    devices: positions.map(() => 'phone'),
    admin: null,
    hook: null,
    call: null,
    fault: null,
    registrarAlarm: false,
    stateSince: null,
    lineVoltageV: null,
    loopCurrentMa: null,
    jitterMs: null,
    packetLossPercent: null,
    recentCalls: null,
    lineTests: null,
    baselines: null,
    oper: null,
    registration: null,
    ...read,
  } as unknown as GatewayFacts;
  const place = { gatewayId: 'g1' } as unknown as AlertPlace;
  const context: RuleContext = { now: NOW, thresholds: new Thresholds([]), isBad: () => false, agentLost: () => false };
  const found: [ConditionKind, Record<string, unknown>][] = [];
  portRules({ facts, at: NOW, place, context, found: [] }, (kind, { seen }) =>
    found.push([kind, seen as Record<string, unknown>]),
  );
  return found;
}
const cells = (bad: number, badCount: number, good: number, goodCount: number): Cells => [
  ...Array.from({ length: badCount }, () => bad),
  ...Array.from({ length: goodCount }, () => good),
  ...Array.from({ length: 8 - badCount - goodCount }, () => null),
];

test.for([
  [
    'five of eight, all read',
    { oper: cells(OUT, 5, IN_SERVICE, 3) },
    'lines-failed-together',
    { failed: 5, of: 8, unread: 0 },
  ],
  ['four of eight, all read', { oper: cells(OUT, 4, IN_SERVICE, 4) }, null, null],
  [
    'five of five, three were not read',
    { oper: cells(OUT, 5, IN_SERVICE, 0) },
    'lines-failed-together',
    { failed: 5, of: 5, unread: 3 },
  ],
  ['three of three, five were not read', { oper: cells(OUT, 3, IN_SERVICE, 0) }, null, null],
  [
    'no registration on six',
    { registration: cells(LOST, 6, REGISTERED, 2) },
    'registrar-lost',
    { failed: 6, of: 8, unread: 0 },
  ],
  ['no registration on two, six were not read', { registration: cells(LOST, 2, REGISTERED, 0) }, null, null],
] as const)('most lines: %s', ([, read, kind, seen]) => {
  const found = together(read as { oper?: Cells; registration?: Cells });
  expect(found).toEqual(kind === null ? [] : [[kind, seen]]);
});
