import type { Agent } from '@loopstart/contracts';
import { bytes } from '../../lib/format/number.ts';
import { duration, shortDuration } from '../../lib/format/time.ts';
import { t } from '../../messages/agents.ts';

/** `unknown`: nobody can say whether something is wrong. */
export type Concern = 'bad' | 'unknown' | 'warn';

/** One thing about an agent that somebody should look at. */
export interface AgentConcern {
  code:
    | 'silent'
    | 'never-connected'
    | 'revoked'
    | 'identity'
    | 'contested'
    | 'clock'
    | 'certificate'
    | 'backlog'
    | 'config'
    | 'lost'
    | 'rejected'
    | 'disk'
    | 'targets';
  level: Concern;
  sentence: string;
}

const LEVELS: readonly Concern[] = ['bad', 'unknown', 'warn'];

/** How a concern is marked. */
export const CONCERN_SEVERITY = { bad: 'major', unknown: 'unknown', warn: 'minor' } as const;

/** A clock this far off makes event times misleading; API and agent cannot agree to better than travel time. */
export const CLOCK_SKEW_MAX_MS = 5000;
/** Certificates are renewed long before this; one this close to its end was not. */
export const CERTIFICATE_WARN_MS = 2 * 86_400_000;
/** An outbox that is this old is not merely between two sends. */
export const BACKLOG_AGE_MAX_MS = 120_000;
/** Below this the outbox may have to drop readings. */
export const DISK_FREE_MIN_BYTES = 500_000_000;

/** What is wrong with an agent, worst first; empty when all is well. `nowMs` by the API's clock. */
export function agentConcerns(agent: Agent, nowMs: number): AgentConcern[] {
  if (agent.state === 'revoked') {
    const { replacedBy } = agent;
    const sentence =
      replacedBy === null ? t('revokedNothingSendsAccepted') : t('replacedBy', { hostname: replacedBy.hostname });
    return [{ code: 'revoked', level: 'bad', sentence }];
  }
  if (agent.state === 'never-connected') {
    return [{ code: 'never-connected', level: 'warn', sentence: t('enrolledButNeverConnected') }];
  }
  const concerns = [...connection(agent, nowMs), ...keeping(agent, nowMs), ...configuration(agent)];
  return concerns.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

function connection(agent: Agent, nowMs: number): AgentConcern[] {
  const found: AgentConcern[] = [];
  if (agent.state === 'silent') {
    const ago =
      agent.lastSeenAt === null
        ? ''
        : t('lastContactAgo', { duration: duration(nowMs - Date.parse(agent.lastSeenAt)) });
    found.push({
      code: 'silent',
      level: 'unknown',
      sentence: t('silentAgent', { ago }),
    });
  }
  if (agent.identityConflictAt !== null) {
    found.push({
      code: 'identity',
      level: 'bad',
      sentence: t('twoMachinesUseIdentity', { duration: duration(nowMs - Date.parse(agent.identityConflictAt)) }),
    });
  }
  if (agent.contestedGateways > 0) {
    found.push({
      code: 'contested',
      level: 'warn',
      sentence: t('readsGatewayAnotherAgent', { contestedGateways: agent.contestedGateways }),
    });
  }
  const skew = agent.clockSkewMs;
  if (skew !== null && Math.abs(skew) > CLOCK_SKEW_MAX_MS) {
    found.push({ code: 'clock', level: 'warn', sentence: t('timesEventsWrong', { clockWords: clockWords(skew) }) });
  }
  const left = Date.parse(agent.certificateExpiresAt) - nowMs;
  if (left <= 0) found.push({ code: 'certificate', level: 'bad', sentence: t('certificateExpired') });
  else if (left < CERTIFICATE_WARN_MS) {
    found.push({
      code: 'certificate',
      level: 'warn',
      sentence: t('certificateExpiresNotRenewed', { duration: duration(left) }),
    });
  }
  return found;
}

function keeping(agent: Agent, nowMs: number): AgentConcern[] {
  const found: AgentConcern[] = [];
  const oldest = agent.backlogOldestAt === null ? null : nowMs - Date.parse(agent.backlogOldestAt);
  if (oldest !== null && oldest > BACKLOG_AGE_MAX_MS) {
    const age = shortDuration(oldest);
    found.push({
      code: 'backlog',
      level: 'warn',
      sentence:
        agent.backlogMessages === null
          ? t('messagesWaiting', { age })
          : t('backlogMessages', { count: agent.backlogMessages, age }),
    });
  }
  if (agent.lostMessages > 0) {
    found.push({ code: 'lost', level: 'warn', sentence: t('droppedMessages', { count: agent.lostMessages }) });
  }
  if (agent.rejectedMessages > 0) {
    const sentence = t('quarantinedMessages', { count: agent.rejectedMessages });
    found.push({ code: 'rejected', level: 'warn', sentence });
  }
  if (agent.diskFreeBytes !== null && agent.diskFreeBytes < DISK_FREE_MIN_BYTES) {
    found.push({
      code: 'disk',
      level: 'warn',
      sentence: t('onlyDiskSpaceFree', { bytes: bytes(agent.diskFreeBytes) }),
    });
  }
  return found;
}

function configuration(agent: Agent): AgentConcern[] {
  const found: AgentConcern[] = [];
  const { configRevisionDesired: desired, configRevisionReported: reported } = agent;
  if (desired !== reported) {
    found.push({
      code: 'config',
      level: 'warn',
      sentence: t('revisionPending', { desired, reported: String(reported ?? 'none') }),
    });
  }
  const failing = agent.targets.filter((target) => target.reachable === false).length;
  if (failing > 0) {
    found.push({
      code: 'targets',
      level: 'warn',
      sentence: t('noAnswerAddress', { failing, count: agent.targets.length }),
    });
  }
  return found;
}

/** Clock difference in words: "Its clock is 84 s behind". Positive is ahead of ours. */
export function clockWords(skewMs: number): string {
  if (Math.abs(skewMs) < 1000) return t('clockCorrect');
  return t('clockAhead', { duration: duration(Math.abs(skewMs)), skewMsIs: skewMs > 0 ? 'yes' : 'no' });
}
