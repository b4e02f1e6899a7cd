import type { AgentHealth } from '@loopstart/contracts';

/** The health of an agent that is well. */
export function healthOf(rest: Partial<AgentHealth> & Pick<AgentHealth, 'certificateExpiresAt'>): AgentHealth {
  const now = Date.now();
  return {
    at: now,
    version: '1.0.0',
    hostname: 'north-1',
    platform: 'linux',
    startedAt: now,
    rssBytes: 1,
    cpuPercent: 0,
    outboxMessages: 0,
    outboxBytes: 0,
    outboxOldestAt: null,
    diskFreeBytes: null,
    configRevision: 0,
    pollsOk: 0,
    pollsFailed: 0,
    pollLagMs: 0,
    notificationsRefused: {},
    targets: [],
    ...rest,
  };
}
