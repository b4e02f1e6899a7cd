import { Injectable } from '@nestjs/common';
import {
  beginAgain,
  beginEscalation,
  type EscalationMove,
  type EscalationPolicy,
  nextEscalation,
  nextLocalTime,
  policiesFor,
  reachesFrom,
  severityRank,
} from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { Outbox } from '../../notifications/delivery/index.ts';
import { DigestRepository } from './digest.repository.ts';
import { type EscalatedIncident, EscalationRepository, type RunningEscalation } from './escalation.repository.ts';
import { type PolicyWorld, PolicyWorldRepository } from './policy-world.repository.ts';
import { Notifier } from './notifier.ts';

/** Retry interval while an incident is undelivered. */
const UNHEARD_RETRY_MS = 60_000;

/** An incident as its announcer knows it. */
export interface AnnouncedIncident {
  id: string;
  operatorId: string;
  severity: string;
  kind: string;
  customerId: string | null;
  siteId: string | null;
  lineDeviceClass: string | null;
}

/** Whom an incident notifies, in which order, and until when. */
@Injectable()
export class Escalations {
  constructor(
    private readonly worlds: PolicyWorldRepository,
    private readonly escalations: EscalationRepository,
    private readonly digests: DigestRepository,
    private readonly notifier: Notifier,
    private readonly outbox: Outbox,
  ) {}

  /**
   * In the transaction that announces an incident: picks the first matching policy that reaches somebody, and takes its
   * first step. Returns the policy; null when none reaches anybody: it is then retried until one does.
   */
  async start(
    sql: Sql,
    announced: AnnouncedIncident,
    raiseMessageId: string,
    now: number,
  ): Promise<{ policyId: string } | null> {
    const incident = { ...announced, gatewayId: null, position: null } as EscalatedIncident;
    const world = await this.worlds.load(sql, incident.operatorId, now);
    const { policy, reaches } = pick(world, incident, now);
    await this.#advance(
      sql,
      {
        incident,
        policyId: policy.id,
        raiseMessageId,
        state: {
          ...beginEscalation(policy, incident.severity, now),
          raisedAs: incident.severity,
          told: [],
          unheard: false,
          hushed: false,
        },
        nextAt: now,
      },
      policy,
      world,
      now,
    );
    return reaches ? { policyId: policy.id } : null;
  }

  /** In the transaction that acknowledges, resolves or snoozes: stops the escalation. */
  async stop(
    sql: Sql,
    incidentId: string,
    reason: 'acknowledged' | 'resolved' | 'snoozed',
    now: number,
  ): Promise<void> {
    await this.escalations.stop(sql, incidentId, reason);
    if (reason === 'resolved') await this.#tellEndInDigest(sql, incidentId, now);
  }

  /** Unattended again (acknowledgement taken back, snooze over): restarts at the first step. */
  async resume(sql: Sql, incidentId: string, now: number): Promise<void> {
    const running = await this.escalations.lock(sql, incidentId);
    if (running === null) return;
    const world = await this.worlds.load(sql, running.incident.operatorId, now);
    const policy =
      world.policies.find(({ id }) => id === running.policyId) ?? pick(world, running.incident, now).policy;
    await this.#goOn(sql, running, policy, { world, now, afresh: true });
  }

  /** Takes the next step of an escalation that is due, in the transaction that claimed it. */
  async proceed(sql: Sql, running: RunningEscalation, world: PolicyWorld, now: number): Promise<void> {
    const { incident, state, policyId } = running;
    const present = world.policies.find(({ id }) => id === policyId);
    const isWorse = severityRank(incident.severity) > severityRank(state.severity);
    // An undelivered policy gives way as soon as another one reaches somebody.
    const stays = present !== undefined && !isWorse && !state.unheard;
    const policy = stays ? present : pick(world, incident, now).policy;
    await this.#goOn(sql, running, policy, { world, now, afresh: policy.id !== policyId });
  }

  async #goOn(
    sql: Sql,
    running: RunningEscalation,
    policy: EscalationPolicy,
    { world, now, afresh }: { world: PolicyWorld; now: number; afresh: boolean },
  ): Promise<void> {
    const { incident, state, policyId } = running;
    const from = afresh ? { ...state, ...beginAgain(state, policy, incident.severity, now) } : state;
    const told = await this.#advance(sql, { ...running, policyId: policy.id, state: from }, policy, world, now);
    if (policy.id !== policyId || (state.told.length === 0 && told > 0))
      await this.escalations.setPolicy(sql, incident.id, policy.id);
  }

  /** Takes the due steps and saves the progress. Returns how many were notified so far. */
  async #advance(
    sql: Sql,
    running: RunningEscalation,
    policy: EscalationPolicy,
    world: PolicyWorld,
    now: number,
  ): Promise<number> {
    const { incident, state, raiseMessageId } = running;
    const move: EscalationMove = nextEscalation(state, policy, incident.severity, now);
    const told = new Set(state.told);
    for (const effect of move.effects) {
      if (effect.type === 'digest') {
        const place = { operatorId: incident.operatorId, policyId: policy.id, incidentId: incident.id };
        await this.digests.add(sql, { ...place, messageId: raiseMessageId, sendAt: effect.sendAt });
        continue;
      }
      const before = { ...running, state: { ...state, told: [...told] } };
      for (const key of await this.notifier.notify(sql, before, effect, world, now)) told.add(key);
    }
    const isUnheard =
      move.state.phase === 'told' && told.size === 0 && !(await this.#isHeardAnyway(sql, running, policy));
    if (isUnheard && !state.unheard)
      await this.escalations.note(sql, incident, now, 'Nobody could be notified; retrying every minute', {
        policy: policy.name,
      });
    await this.escalations.save(sql, {
      ...running,
      state: {
        ...move.state,
        ...(isUnheard ? { phase: 'waiting', round: 0, step: 0, dueAt: now + UNHEARD_RETRY_MS } : {}),
        raisedAs: state.raisedAs,
        told: [...told],
        unheard: isUnheard || (state.unheard && told.size === 0),
        hushed: false,
      },
      nextAt: isUnheard ? now + UNHEARD_RETRY_MS : move.nextAt,
    });
    return told.size;
  }

  /** A target "all channels" includes the webhooks, which were notified with the raise. */
  async #isHeardAnyway(sql: Sql, { incident }: RunningEscalation, policy: EscalationPolicy): Promise<boolean> {
    const isForAll = policy.steps.some(({ targets }) => targets.some(({ type }) => type === 'all-channels'));
    return isForAll && (await this.outbox.recipientsOf(sql, incident.id)).length > 0;
  }

  /** Recipients of a digest that named the incident find its end in the next one. */
  async #tellEndInDigest(sql: Sql, incidentId: string, now: number): Promise<void> {
    for (const { policyId, digest } of await this.digests.sentOf(sql, incidentId)) {
      if (digest === null) continue;
      const sendAt = nextLocalTime(digest.at, digest.weekdays, digest.timeZone, now);
      await this.digests.sendAgain(sql, policyId, incidentId, sendAt);
    }
  }
}

/** The first matching policy that reaches somebody; else the first matching one. */
function pick(
  world: PolicyWorld,
  incident: EscalatedIncident,
  now: number,
): { policy: EscalationPolicy; reaches: boolean } {
  const candidates = policiesFor(world.policies, incident);
  const reaching = candidates.find((policy) => reachesFrom(policy, incident.severity, world, now));
  // The default matches everything, and there always is one.
  return { policy: reaching ?? candidates[0]!, reaches: reaching !== undefined };
}
