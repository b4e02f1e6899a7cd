import type { Severity } from '../health/severity.ts';
import { quietUntil } from './escalation.ts';
import { nextLocalTime, type Span } from './hours.ts';
import type { DigestRule, EscalationPolicy, Target } from './policy.ts';
import { type OnCallSchedule, shiftsBetween } from './schedule.ts';
import { DAY_MS } from './zoned-time.ts';

export const REACH_PROBLEMS = [
  'nobody',
  'channel-disabled',
  'schedule-empty',
  'schedule-gap',
  'person-gone',
  'no-mail-channel',
] as const;
export type ReachProblemCode = (typeof REACH_PROBLEMS)[number];

export interface ReachProblem {
  code: ReachProblemCode;
  text: string;
  /** When the problem begins, where it depends on time. */
  at: number | null;
}

/** The current channels, people and schedules. */
export interface ReachWorld {
  channels: readonly {
    id: string;
    name: string;
    kind: string;
    enabled: boolean;
    /** A webhook with filters: it may not reach anyone. */
    filtered: boolean;
  }[];
  schedules: readonly (OnCallSchedule & { id: string; name: string })[];
  users: readonly { id: string; name: string }[];
}

/** `nobody`: at no time. `sometimes`: with gaps. */
export interface ReachAnalysis {
  level: 'always' | 'sometimes' | 'nobody';
  problems: ReachProblem[];
}

/** When a target is reached, and its problems. */
interface TargetReach {
  spans: readonly Span[];
  problems: readonly ReachProblem[];
}

/**
 * Whom a policy reaches from `from` to `to`, through its steps and, where it collects any severity, through its digest.
 */
export function reachOf(
  policy: Pick<EscalationPolicy, 'steps' | 'digest'>,
  world: ReachWorld,
  from: number,
  to: number,
): ReachAnalysis {
  const steps = reachOfTargets(
    policy.steps.flatMap(({ targets }) => targets),
    'Its steps reach',
    world,
    { from, to },
  );
  if (policy.digest === null || policy.digest.severities.length === 0) return steps;
  const digest = reachOfDigest(policy.digest, world, { from, to });
  return { level: worst(steps.level, digest.level), problems: inOrder([...steps.problems, ...digest.problems]) };
}

/** A digest must reach somebody when it is sent, not in between. */
function reachOfDigest(digest: DigestRule, world: ReachWorld, range: Span): ReachAnalysis {
  const who = 'Its digest reaches';
  const readers = { ...world, channels: world.channels.filter(({ kind }) => takesDigests(kind)) };
  const refusing = (target: Target) =>
    target.type === 'channel'
      ? world.channels.find(({ id, kind }) => id === target.channelId && !takesDigests(kind))
      : undefined;
  const targets = digest.targets.filter((target) => refusing(target) === undefined);
  const problems = digest.targets.flatMap((target): ReachProblem[] => {
    const channel = refusing(target);
    const text = `The channel ${channel?.name} takes no digests.`;
    return channel === undefined ? [] : [{ code: 'channel-disabled', text, at: null }];
  });
  const unread: number[] = [];
  let sent = 0;
  for (let at = range.from; ; sent += 1) {
    at = nextLocalTime(digest.at, digest.weekdays, digest.timeZone, at);
    if (at >= range.to && sent > 0) break;
    const reach = reachOfTargets(targets, who, readers, { from: at, to: at + 1 });
    if (reach.level !== 'always') unread.push(at);
    problems.push(...reach.problems.filter(({ code }) => code !== 'nobody'));
  }
  const level = unread.length === 0 ? 'always' : unread.length < sent ? 'sometimes' : 'nobody';
  if (level !== 'always') problems.push(nobody(who, level, unread[0]!));
  return { level, problems: inOrder(problems) };
}

/** Channels to ticket and paging systems cannot show a digest. */
export function takesDigests(channelKind: string): boolean {
  return ['email', 'slack', 'teams', 'webhook'].includes(channelKind);
}

function nobody(who: string, level: ReachAnalysis['level'], at: number): ReachProblem {
  return { code: 'nobody', text: level === 'nobody' ? `${who} nobody.` : `${who} nobody at times.`, at };
}

const LEVELS = ['always', 'sometimes', 'nobody'] as const;
function worst(a: ReachAnalysis['level'], b: ReachAnalysis['level']): ReachAnalysis['level'] {
  return LEVELS[Math.max(LEVELS.indexOf(a), LEVELS.indexOf(b))]!;
}

function reachOfTargets(targets: readonly Target[], who: string, world: ReachWorld, range: Span): ReachAnalysis {
  const reaches = targets.map((target) => reachOfTarget(target, world, range));
  const problems = reaches.flatMap((reach) => reach.problems);
  const hole = firstHole(
    reaches.flatMap(({ spans }) => spans),
    range,
  );
  const level = hole === null ? 'always' : reaches.some(({ spans }) => spans.length > 0) ? 'sometimes' : 'nobody';
  if (hole !== null) problems.push(nobody(who, level, hole));
  return { level, problems: inOrder(problems) };
}

function reachOfTarget(target: Target, world: ReachWorld, range: Span): TargetReach {
  if (target.type === 'all-channels') {
    const some = world.channels.some(({ kind, enabled, filtered }) => enabled && (kind !== 'webhook' || !filtered));
    const text = 'There is no channel that is switched on.';
    return some ? { spans: [range], problems: [] } : nothing('channel-disabled', text);
  }
  if (target.type === 'channel') {
    const channel = world.channels.find(({ id }) => id === target.channelId);
    if (channel === undefined) return nothing('channel-disabled', 'A channel it names is gone.');
    return channel.enabled
      ? { spans: [range], problems: [] }
      : nothing('channel-disabled', `The channel ${channel.name} is switched off.`);
  }
  if (!world.channels.some(({ kind, enabled }) => kind === 'email' && enabled))
    return nothing('no-mail-channel', 'People are notified by e-mail, and no e-mail channel is switched on.');
  if (target.type === 'person') {
    const gone = !world.users.some(({ id }) => id === target.userId);
    return gone ? nothing('person-gone', 'A person it names is gone.') : { spans: [range], problems: [] };
  }
  return reachOfSchedule(target.scheduleId, world, range);
}

function reachOfSchedule(scheduleId: string, world: ReachWorld, range: Span): TargetReach {
  const schedule = world.schedules.find(({ id }) => id === scheduleId);
  if (schedule === undefined) return nothing('schedule-empty', 'A schedule it names is gone.');
  const users = new Set(world.users.map(({ id }) => id));
  const shifts = shiftsBetween(schedule, range.from, range.to);
  const manned = shifts.filter(({ userId }) => userId !== null && users.has(userId));
  if (manned.length === 0) return nothing('schedule-empty', `Nobody is on call in ${schedule.name}.`);
  const problems: ReachProblem[] = [];
  const gap = shifts.find(({ userId }) => userId === null);
  if (gap !== undefined)
    problems.push({ code: 'schedule-gap', text: `At times nobody is on call in ${schedule.name}.`, at: gap.from });
  const lost = shifts.find(({ userId }) => userId !== null && !users.has(userId));
  if (lost !== undefined)
    problems.push({ code: 'person-gone', text: `Somebody on call in ${schedule.name} is gone.`, at: lost.from });
  return { spans: manned, problems };
}

function nothing(code: ReachProblemCode, text: string): TargetReach {
  return { spans: [], problems: [{ code, text, at: null }] };
}

/** The first instant of the range that no span covers; null when all is covered. */
function firstHole(spans: readonly Span[], range: Span): number | null {
  let covered = range.from;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from > covered) break;
    covered = Math.max(covered, to);
  }
  return covered >= range.to ? null : covered;
}

/** Worst first, without duplicates. */
function inOrder(problems: readonly ReachProblem[]): ReachProblem[] {
  const rank = ({ code }: ReachProblem) => REACH_PROBLEMS.indexOf(code);
  const seen = new Set<string>();
  return [...problems].sort((a, b) => rank(a) - rank(b)).filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** Whether an incident announced now would reach somebody: after quiet hours, or in the next digests. */
export function reachesFrom(
  policy: Pick<EscalationPolicy, 'steps' | 'digest' | 'quietHours'>,
  severity: Severity,
  world: ReachWorld,
  now: number,
): boolean {
  if (policy.digest?.severities.includes(severity))
    return reachOfDigest(policy.digest, world, { from: now, to: now + 7 * DAY_MS }).level !== 'nobody';
  const at = quietUntil(policy, severity, now) ?? now;
  const targets = policy.steps.flatMap((step) => step.targets);
  return reachOfTargets(targets, '', world, { from: at, to: at + 1 }).level === 'always';
}
