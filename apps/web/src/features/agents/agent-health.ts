import type { Agent } from '@loopstart/contracts';
import { bytes, count, counted } from '../../lib/format/number.ts';
import { duration, shortDuration } from '../../lib/format/time.ts';

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
export const CERTIFICATE_WARN_MS = 14 * 86_400_000;
/** An outbox that is this old is not merely between two sends. */
export const BACKLOG_AGE_MAX_MS = 120_000;
/** Below this the outbox may have to drop readings. */
export const DISK_FREE_MIN_BYTES = 500_000_000;

/** What is wrong with an agent, worst first; empty when all is well. `nowMs` by the API's clock. */
export function agentConcerns(agent: Agent, nowMs: number): AgentConcern[] {
  if (agent.state === 'revoked') {
    return [{ code: 'revoked', level: 'bad', sentence: 'Revoked: nothing it sends is accepted.' }];
  }
  if (agent.state === 'never-connected') {
    return [{ code: 'never-connected', level: 'warn', sentence: 'Enrolled, but it has never connected.' }];
  }
  const concerns = [...connection(agent, nowMs), ...keeping(agent, nowMs), ...configuration(agent)];
  return concerns.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

function connection(agent: Agent, nowMs: number): AgentConcern[] {
  const found: AgentConcern[] = [];
  if (agent.state === 'silent') {
    const ago = agent.lastSeenAt === null ? '' : ` Last heard ${duration(nowMs - Date.parse(agent.lastSeenAt))} ago.`;
    found.push({
      code: 'silent',
      level: 'unknown',
      sentence: `Silent, so everything behind it is unknown, not down.${ago}`,
    });
  }
  if (agent.identityConflictAt !== null) {
    found.push({
      code: 'identity',
      level: 'bad',
      sentence: `Two machines use its identity, last seen ${duration(nowMs - Date.parse(agent.identityConflictAt))} ago. The state folder was copied, or somebody has it: stop the copy, or revoke the agent and install it anew.`,
    });
  }
  if (agent.contestedGateways > 0) {
    found.push({
      code: 'contested',
      level: 'warn',
      sentence: `It reads ${counted(agent.contestedGateways, 'gateway')} that another agent of the site holds; what it says of them is set aside until they are handed over.`,
    });
  }
  const skew = agent.clockSkewMs;
  if (skew !== null && Math.abs(skew) > CLOCK_SKEW_MAX_MS) {
    found.push({ code: 'clock', level: 'warn', sentence: `${clockWords(skew)}; times of its events are off.` });
  }
  const left = Date.parse(agent.certificateExpiresAt) - nowMs;
  if (left <= 0) found.push({ code: 'certificate', level: 'bad', sentence: 'Its certificate has expired.' });
  else if (left < CERTIFICATE_WARN_MS) {
    found.push({
      code: 'certificate',
      level: 'warn',
      sentence: `Its certificate ends in ${duration(left)} and was not renewed.`,
    });
  }
  return found;
}

function keeping(agent: Agent, nowMs: number): AgentConcern[] {
  const found: AgentConcern[] = [];
  const oldest = agent.backlogOldestAt === null ? null : nowMs - Date.parse(agent.backlogOldestAt);
  if (oldest !== null && oldest > BACKLOG_AGE_MAX_MS) {
    const much =
      agent.backlogMessages === null ? 'Messages wait' : `${counted(agent.backlogMessages, 'message')} waiting`;
    found.push({
      code: 'backlog',
      level: 'warn',
      sentence: `${much} to be sent, the oldest for ${shortDuration(oldest)}.`,
    });
  }
  if (agent.lostMessages > 0) {
    const lost = counted(agent.lostMessages, 'message');
    found.push({ code: 'lost', level: 'warn', sentence: `It had to drop ${lost}; the history has a gap.` });
  }
  if (agent.rejectedMessages > 0) {
    const rejected = counted(agent.rejectedMessages, 'message');
    found.push({ code: 'rejected', level: 'warn', sentence: `${rejected} could not be read and were set aside.` });
  }
  if (agent.diskFreeBytes !== null && agent.diskFreeBytes < DISK_FREE_MIN_BYTES) {
    found.push({ code: 'disk', level: 'warn', sentence: `Only ${bytes(agent.diskFreeBytes)} of disk are free.` });
  }
  return found;
}

function configuration(agent: Agent): AgentConcern[] {
  const found: AgentConcern[] = [];
  const { configRevisionDesired: desired, configRevisionReported: reported } = agent;
  if (desired !== reported) {
    const has = reported === null ? 'has none yet' : `works with revision ${reported}`;
    found.push({
      code: 'config',
      level: 'warn',
      sentence: `Revision ${desired} of its settings is wanted, it ${has}.`,
    });
  }
  const failing = agent.targets.filter((target) => target.reachable === false).length;
  if (failing > 0) {
    found.push({
      code: 'targets',
      level: 'warn',
      sentence: `${count(failing)} of ${counted(agent.targets.length, 'address', 'addresses')} ${failing === 1 ? 'does' : 'do'} not answer.`,
    });
  }
  return found;
}

/** Clock difference in words: "Its clock is 84 s behind". Positive is ahead of ours. */
export function clockWords(skewMs: number): string {
  if (Math.abs(skewMs) < 1000) return 'Its clock agrees with ours';
  return `Its clock is ${duration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`;
}
