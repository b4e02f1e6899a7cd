import { conditionKey } from '../keys.ts';
import type { ConditionKind } from '../kinds.ts';
import { type Setting, valueOf } from '../thresholds.ts';
import type { AgentFacts, AlertPlace, Observation } from '../types.ts';
import { bad, type Finding, type RuleContext, severityFor, spoken } from './context.ts';
import { gravestBehind, lifeSafetyWords } from './life-safety.ts';

const DAY_MS = 86_400_000;

/**
 * Is the agent lost: its connection broke without a word, or its lease ran out? One that stopped in good order is not.
 * Decided on our own clock alone.
 */
export function isLost(facts: AgentFacts, leaseMs: number, now: number): boolean {
  if (facts.lastSeenAt === null || facts.stoppedAt !== null) return false;
  return !facts.online || now - facts.lastSeenAt > leaseMs;
}

/** Conditions of an agent. An absent one is good, except while the agent is lost: see `unknownWhenLost`. */
export function agentRules(facts: AgentFacts, customerId: string | null, context: RuleContext): Observation[] {
  const { agentId, siteId, lastSeenAt } = facts;
  // Enrolled and never connected: its installation is not finished.
  if (lastSeenAt === null) return [];
  const { now, thresholds } = context;
  const place: AlertPlace = { customerId, siteId, agentId, gatewayId: null, position: null, lineDeviceClass: null };
  const found: Observation[] = [];
  const setting = (kind: ConditionKind) => thresholds.at(kind, place);
  const add = (kind: ConditionKind, finding: Omit<Finding, 'kind' | 'subject' | 'place' | 'setting' | 'at'>) => {
    const inForce = setting(kind);
    if (!inForce.off)
      found.push(bad({ kind, subject: { type: 'agent', id: agentId }, place, setting: inForce, at: now, ...finding }));
  };
  const isBad = (kind: ConditionKind) => context.isBad(conditionKey(kind, { type: 'agent', id: agentId }));
  const limit = (kind: ConditionKind, first: string, again: string) =>
    valueOf(setting(kind), isBad(kind) ? again : first);

  // While it is away its lines are unobserved, so it is as urgent as the gravest of them.
  const gravest = gravestBehind(facts.lifeSafetyLines);
  const behind = lifeSafetyWords(facts.lifeSafetyLines);
  if (facts.stoppedAt !== null) {
    add('agent-stopped', {
      since: facts.stoppedAt,
      severity: severityFor('agent-stopped', gravest),
      text: `The agent was stopped in good order and has not come back.${behind}`,
      seen: { stoppedAt: facts.stoppedAt },
    });
    addIdentity(facts, setting('identity-used-twice'), now, add);
    addReturn(facts, add);
    return found;
  }
  if (isLost(facts, valueOf(setting('agent-silent'), 'leaseS') * 1000, now)) {
    const { siteAnswers } = facts;
    const tail =
      siteAnswers === true
        ? ' The site itself answers from outside, so its internet access works.'
        : siteAnswers === false
          ? ' The site does not answer from outside either.'
          : '';
    add('agent-silent', {
      since: lastSeenAt,
      severity: severityFor('agent-silent', gravest),
      text: `${facts.online ? 'Nothing is heard from the agent.' : 'The connection of the agent broke.'}${tail}${behind}`,
      seen: { lastSeenAt, connected: facts.online, siteAnswers },
    });
  } else {
    addClock(facts, limit('clock-wrong', 'skewS', 'clearSkewS'), add);
    addBacklog(facts, limit('backlog-growing', 'oldestS', 'clearOldestS'), now, add);
    addLost(facts, setting('data-lost'), now, add);
  }
  addCertificate(facts, setting('certificate-expiring'), now, add);
  addIdentity(facts, setting('identity-used-twice'), now, add);
  addReturn(facts, add);
  return found;
}

type Add = (kind: ConditionKind, finding: Omit<Finding, 'kind' | 'subject' | 'place' | 'setting' | 'at'>) => void;

function addClock({ clockSkewMs }: AgentFacts, limitS: number, add: Add): void {
  if (clockSkewMs === null || Math.abs(clockSkewMs) < limitS * 1000) return;
  const seen = { clockSkewMs };
  const text = `The clock of the agent is ${spoken(Math.abs(clockSkewMs))} ${clockSkewMs > 0 ? 'ahead' : 'behind'}.`;
  add('clock-wrong', { since: Number.POSITIVE_INFINITY, text, seen });
}

function addBacklog({ outboxOldestAt }: AgentFacts, limitS: number, now: number, add: Add): void {
  if (outboxOldestAt === null || now - outboxOldestAt < limitS * 1000) return;
  add('backlog-growing', {
    since: Number.POSITIVE_INFINITY,
    text: `The oldest message that the agent could not deliver yet is ${spoken(now - outboxOldestAt)} old.`,
    seen: { oldestMessageAt: outboxOldestAt },
  });
}

/** A loss is news for as long as it takes to resolve it by itself. */
function addLost({ lostAt }: AgentFacts, setting: Setting, now: number, add: Add): void {
  if (lostAt === null || now - lostAt >= valueOf(setting, 'rememberS') * 1000) return;
  add('data-lost', {
    since: lostAt,
    text: 'The agent reported that it had to drop messages.',
    seen: { lostAt },
  });
}

function addCertificate({ certificateExpiresAt }: AgentFacts, setting: Setting, now: number, add: Add): void {
  const leftMs = certificateExpiresAt - now;
  const warnMs = valueOf(setting, 'daysLeft') * DAY_MS;
  if (leftMs >= warnMs) return;
  add('certificate-expiring', {
    since: certificateExpiresAt - warnMs,
    severity: leftMs < valueOf(setting, 'criticalDaysLeft') * DAY_MS ? 'major' : 'minor',
    text:
      leftMs <= 0
        ? 'The certificate of the agent has run out; it is refused.'
        : `The certificate of the agent runs out in ${spoken(leftMs)} and was not renewed.`,
    seen: { certificateExpiresAt },
  });
}

/** A copy may be in the wrong hands: raised also while the agent is lost, and for long after it was seen. */
function addIdentity({ identityConflictAt }: AgentFacts, setting: Setting, now: number, add: Add): void {
  if (identityConflictAt === null || now - identityConflictAt >= valueOf(setting, 'rememberS') * 1000) return;
  add('identity-used-twice', {
    since: identityConflictAt,
    text: 'Two machines used the identity of the agent at the same time.',
    seen: { identityConflictAt },
  });
}

/** It is away until a person decides: raised as long as nobody has. */
function addReturn({ returnAskedAt }: AgentFacts, add: Add): void {
  if (returnAskedAt === null) return;
  add('agent-asks-to-return', {
    since: returnAskedAt,
    text: 'The agent asks to come back and waits for approval.',
    seen: { returnAskedAt },
  });
}
