import { expect, test } from 'vitest';
import { showStatus, type StatusAnswer } from './show.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const answer = (ids: Partial<StatusAnswer['ids']>, connected: boolean): StatusAnswer => ({
  ids: {
    agentId: 'a',
    siteId: 's',
    apiUrl: 'https://api.test',
    mqttUrl: 'mqtts://broker.test:8883',
    mqttUrlFrom: 'enrolment',
    epoch: 1,
    ...ids,
  },
  uplink: { connected, since: connected ? NOW : null, lastError: connected ? null : 'no answer', refusedDown: 0 },
  comingBack: null,
  notifications: { port: 162, accepted: 0 },
  unknownSyslogSenders: {},
  outboxOnFullDisk: false,
  configuration: [],
  health: {
    at: NOW,
    version: '0.1.0',
    hostname: 'box',
    platform: 'linux',
    startedAt: NOW,
    rssBytes: 1,
    cpuPercent: 1,
    outboxMessages: 0,
    outboxBytes: 0,
    outboxOldestAt: null,
    diskFreeBytes: null,
    configRevision: 1,
    certificateExpiresAt: NOW,
    pollsOk: 0,
    pollsFailed: 0,
    pollLagMs: 0,
    notificationsRefused: {},
    targets: [],
  },
});

test.for([
  ['by enrolment', {}, true, /^cloud +connected to mqtts:\/\/broker\.test:8883 \(/m],
  [
    'by the settings of the machine',
    { mqttUrl: 'mqtts://relay.site:8883', mqttUrlFrom: 'agent.json' },
    true,
    /^cloud +connected to mqtts:\/\/relay\.site:8883, as agent\.json says, \(/m,
  ],
  [
    'that is not reached',
    { mqttUrl: 'mqtts://relay.site:8883', mqttUrlFrom: 'agent.json' },
    false,
    /^cloud +NOT CONNECTED to mqtts:\/\/relay\.site:8883, as agent\.json says,: no answer$/m,
  ],
] as const)('status names the broker in force: %s', ([, ids, connected, line]) => {
  expect(showStatus(answer(ids, connected), NOW)).toMatch(line);
});

test('status shows the configuration jobs that are not ended, and for what they wait', () => {
  const job: StatusAnswer['configuration'][number] = {
    jobId: 'j',
    gatewayId: 'g-1',
    revision: 12,
    at: NOW,
    state: 'waiting',
    since: NOW - 120_000,
    reasonCode: 'busy',
    detail: 'A line of the gateway must not be disturbed now. Port 2: ringing',
    holds: 'before',
    verdict: null,
    evidence: {
      fingerprintBefore: null,
      fingerprintAfter: null,
      firmware: null,
      differences: [],
      differencesTotal: 0,
      registeredBefore: null,
      registeredAfter: null,
    },
  };
  const shown = showStatus({ ...answer({}, true), configuration: [job] }, NOW);
  expect(shown).toMatch(/^configuring +gateway g-1, revision 12: waiting \(since .*\): A line .* Port 2: ringing$/m);
  expect(showStatus(answer({}, true), NOW)).not.toMatch(/configuring/);
});
