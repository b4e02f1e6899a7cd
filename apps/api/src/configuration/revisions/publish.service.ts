import { Inject, Injectable } from '@nestjs/common';
import type { ConfigRevision } from '@loopstart/contracts';
import { allows, CONFIG_CHECK_TABLE, judgePublication, type PublishVerdict } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { type Confirm, refuseTouched } from '../../core/fleet/blast-radius.ts';
import { lockConfiguration } from '../../core/fleet/configuration-lock.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { DraftRepository } from '../drafts/index.ts';
import { EntryRepository } from '../entries/index.ts';
import { ReviewService } from '../review/index.ts';
import { PolicyRepository } from '../setup/index.ts';
import { FormerState } from './former-state.ts';
import { RevisionRepository } from './revision.repository.ts';

/** What a publisher states. */
export interface Publication extends Confirm {
  reason: string;
  overrides: ConfigRevision['overrides'];
}

/** Publishes drafts, and former revisions again. */
@Injectable()
export class PublishService {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly entries: EntryRepository,
    private readonly revisions: RevisionRepository,
    private readonly former: FormerState,
    private readonly reviews: ReviewService,
    private readonly policies: PolicyRepository,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  publish(by: By, draftId: string, publication: Publication): Promise<ConfigRevision> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      await lockConfiguration(sql, operatorId);
      const { name, state } = found(await this.drafts.lock(sql, operatorId, draftId));
      if (state !== 'open') throw new ProblemError('draft-closed');
      const result = await this.#publish(sql, by, publication, { draftId, name, rolledBackTo: null });
      const { reason, overrides } = publication;
      const change = { revision: result.number, reason, overrides };
      return { result, audit: { verb: 'publish', subjectType: 'config-draft', subjectId: draftId, change } };
    });
  }

  /** What was in force under a former number comes into force again under a new one. */
  rollBack(by: By, number: number, publication: Publication): Promise<ConfigRevision> {
    const { operatorId, name, userId } = by.caller;
    return this.changes.make(by, async (sql) => {
      await lockConfiguration(sql, operatorId);
      found(await this.revisions.one(sql, operatorId, number));
      const at = new Date(this.now());
      const draftName = `Back to revision ${number}`;
      const draftId = await this.drafts.insert(sql, operatorId, { name: draftName, by: name, at });
      await this.former.edit(sql, operatorId, number, { draftId, authorId: userId, authorName: name, at });
      const about = { draftId, name: draftName, rolledBackTo: number };
      const result = await this.#publish(sql, by, publication, about);
      const { reason, overrides } = publication;
      const change = { to: number, revision: result.number, reason, overrides };
      const subjectId = String(number);
      return { result, audit: { verb: 'roll-back', subjectType: 'config-revision', subjectId, change } };
    });
  }

  async #publish(
    sql: Sql,
    by: By,
    { reason, overrides, confirm }: Publication,
    about: { draftId: string; name: string; rolledBackTo: number | null },
  ): Promise<ConfigRevision> {
    const { operatorId, name, userId, rights } = by.caller;
    const edits = await this.reviews.edits(sql, operatorId, about.draftId);
    const { tally } = await this.reviews.judge(sql, operatorId, about.draftId, edits);
    const { needsOtherPerson } = await this.policies.of(sql, operatorId);
    const verdict = judgePublication({
      found: tally.found,
      overrides: overrides.map(({ check }) => check),
      mayOverride: allows(rights, 'configuration.override'),
      edits: edits.length,
      editors: edits.map(({ authorId }) => authorId),
      publisher: userId,
      // Who goes back publishes what others have reviewed before.
      needsOtherPerson: needsOtherPerson && about.rolledBackTo === null,
    });
    refuse(verdict);
    refuseTouched({ lines: tally.lines, lifeSafetyLines: tally.lifeSafetyLines }, rights, confirm);
    const number = ((await this.entries.newest(sql, operatorId)) ?? 0) + 1;
    await this.revisions.publish(sql, operatorId, {
      ...about,
      number,
      publishedBy: name,
      publishedAt: new Date(this.now()),
      reason,
      editors: [...new Set(edits.map(({ author }) => author))].sort(),
      changes: edits.length,
      overrides,
    });
    return found(await this.revisions.one(sql, operatorId, number));
  }
}

function refuse(verdict: PublishVerdict): void {
  switch (verdict.verdict) {
    case 'allowed':
      return;
    case 'blocked': {
      const texts = verdict.checks.map((check) => `${check}: ${CONFIG_CHECK_TABLE[check].text}`);
      throw new ProblemError('publish-blocked', { detail: texts.join(' ') });
    }
    case 'override-not-allowed':
      throw new ProblemError('not-allowed', { detail: 'Your role may not override checks.' });
    case 'nothing-changed':
    case 'other-person-needed':
      throw new ProblemError(verdict.verdict);
  }
}
