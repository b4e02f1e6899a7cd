import { NOW } from './records.ts';
import type { AgentFacts, GatewayFacts } from '../types.ts';

const DAY = 86_400_000;

/** The cells of two ports. */
export const two = <T>(first: T, second: T): T[] => [first, second];

/** An agent that is well. */
export const HEALTHY_AGENT: AgentFacts = {
  agentId: 'a1',
  siteId: 's1',
  lastSeenAt: NOW - 1000,
  online: true,
  stoppedAt: null,
  clockSkewMs: 200,
  outboxOldestAt: NOW - 2000,
  certificateExpiresAt: NOW + 60 * DAY,
  lostAt: null,
  identityConflictAt: null,
  returnAskedAt: null,
  siteAnswers: null,
  lifeSafetyLines: {},
};

/** A gateway of two ports that is well, and was read a second ago. */
export const HEALTHY: GatewayFacts = {
  gatewayId: 'g1',
  siteId: 's1',
  agentId: 'a1',
  customerId: 'c1',
  pollIntervalMs: 30_000,
  observedAt: NOW - 1000,
  reachability: 'reachable',
  reachabilityAt: NOW - DAY,
  unreadable: null,
  uptimeS: 99_999,
  restartedAt: null,
  temperatureC: 45,
  alarms: [],
  happened: [],
  registrarAlarm: false,
  failedActions: [],
  configuration: { change: null, drift: null },
  positions: [1, 2],
  devices: ['phone', 'lift-phone'],
  admin: [0, 0],
  oper: [0, 0],
  hook: [0, 0],
  call: [0, 0],
  registration: [0, 0],
  fault: [0, 0],
  stateSince: [NOW - DAY, NOW - DAY],
  lineVoltageV: [48, 48],
  loopCurrentMa: [0, 0],
  jitterMs: [3, 3],
  packetLossPercent: [0, 0],
  recentCalls: [null, null],
  baselines: two(
    {
      lineVoltageV: { mean: 48, deviation: 0.3, samples: 50 },
      loopCurrentMa: { mean: 0, deviation: 0.5, samples: 50 },
    },
    { lineVoltageV: null, loopCurrentMa: null },
  ),
  lineTests: [null, null],
};
