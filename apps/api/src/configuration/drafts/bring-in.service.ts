import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG_EDITS_PER_DRAFT_MAX,
  type ConfigDraft,
  type ConfigEditInput,
  type ConfigImportTarget,
} from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { DraftRepository } from './draft.repository.ts';
import { EditRepository } from './edit.repository.ts';
import { lockOpen } from './lock-open.ts';

/** An edit that replaces what stands at its place. */
export type BroughtEdit = Omit<ConfigEditInput, 'sees'>;

/** What was made of something that somebody brought in. */
export interface Brought {
  edits: readonly BroughtEdit[];
  /** What the trail keeps of it, without values. */
  change: object;
  /** What is written beside the edits. */
  beside?: (sql: Sql, draftId: string) => Promise<void>;
}

const SUBJECT = 'config-draft';

/** Brings edits in that were made of a file: many at once, all or none. */
@Injectable()
export class BringInService {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly edits: EditRepository,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Into a draft, or into a new one of this name, for which `make` gets null. The edits replace what stands at their places:
   * `make` refuses where that is not what the person was shown.
   */
  bringIn(
    by: By,
    into: ConfigImportTarget,
    make: (sql: Sql, draftId: string | null) => Promise<Brought>,
  ): Promise<{ draft: ConfigDraft; edits: number }> {
    const { operatorId, userId, name } = by.caller;
    return this.changes.make(by, async (sql) => {
      const draftId = 'draftId' in into ? into.draftId : null;
      if (draftId !== null) await lockOpen(this.drafts, sql, operatorId, draftId);
      const { edits: brought, change, beside } = await make(sql, draftId);
      if (brought.length === 0) throw new ProblemError('nothing-changed');
      const edits = brought.map((edit): ConfigEditInput => ({ ...edit, sees: null }));
      const at = new Date(this.now());
      const id =
        'draftId' in into ? into.draftId : await this.drafts.insert(sql, operatorId, { name: into.name, by: name, at });
      const standing = await this.edits.standing(sql, operatorId, id, edits);
      const pairs = edits.map((edit, index) => ({ edit, standing: standing[index]! }));
      await this.edits.replace(sql, operatorId, { draftId: id, authorId: userId, authorName: name, at }, pairs);
      await this.drafts.changed(sql, id, at);
      await beside?.(sql, id);
      const draft = found(await this.drafts.one(sql, operatorId, id));
      if (draft.edits > CONFIG_EDITS_PER_DRAFT_MAX)
        throw refused('body.into', `a draft with at most ${CONFIG_EDITS_PER_DRAFT_MAX} edits`);
      const subject = { subjectType: SUBJECT, subjectId: id } as const;
      return {
        result: { draft, edits: edits.length },
        audit: [
          ...('name' in into ? [{ verb: 'create', ...subject, change: { name: into.name } } as const] : []),
          { verb: 'update', ...subject, change: { ...change, count: edits.length } },
        ],
      };
    });
  }
}
