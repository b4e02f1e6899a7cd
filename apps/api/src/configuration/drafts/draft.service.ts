import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG_EDITS_PER_DRAFT_MAX,
  type ConfigDraft,
  type ConfigEdit,
  type ConfigEditInput,
} from '@loopstart/contracts';
import { entryKey, isOperatorWide, placeKey, type StandingThere, unseen } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { EntryRepository, placeNames } from '../entries/index.ts';
import { DraftRepository } from './draft.repository.ts';
import { EditRepository, type Standing } from './edit.repository.ts';
import { editViews } from './edit-view.ts';
import { lockOpen } from './lock-open.ts';

const SUBJECT = 'config-draft';

/** Drafts: begun, edited by several people, and discarded. */
@Injectable()
export class DraftService {
  constructor(
    private readonly db: Database,
    private readonly drafts: DraftRepository,
    private readonly edits: EditRepository,
    private readonly entries: EntryRepository,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  list(scope: Scope, filter: Parameters<DraftRepository['list']>[2]) {
    return this.db.tx(scope, (sql) => this.drafts.list(sql, scope.operatorId, filter));
  }

  get(scope: Scope, id: string): Promise<ConfigDraft> {
    return this.db.tx(scope, async (sql) => found(await this.drafts.one(sql, scope.operatorId, id)));
  }

  listEdits(scope: Scope, id: string): Promise<ConfigEdit[]> {
    return this.db.tx(scope, async (sql) => {
      found(await this.drafts.one(sql, scope.operatorId, id));
      return this.#views(sql, scope.operatorId, id);
    });
  }

  create(by: By, name: string): Promise<ConfigDraft> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const data = { name, by: by.caller.name, at: new Date(this.now()) };
      const id = await this.drafts.insert(sql, operatorId, data);
      return {
        result: found(await this.drafts.one(sql, operatorId, id)),
        audit: { verb: 'create', subjectType: SUBJECT, subjectId: id, change: { name } },
      };
    });
  }

  /** All edits or none. Throws `stale-edit` where an author did not see what stands there now. */
  edit(by: By, id: string, edits: readonly ConfigEditInput[]): Promise<{ draft: ConfigDraft; edits: ConfigEdit[] }> {
    const { operatorId, scope } = by.caller;
    refuseDoubles(edits);
    if (scope.limitedTo !== null && edits.some(({ place }) => isOperatorWide(place.layer)))
      throw new ProblemError('not-allowed', { detail: 'This place is beyond the places that you are limited to.' });
    return this.changes.make(by, async (sql) => {
      await lockOpen(this.drafts, sql, operatorId, id);
      await this.#refuseMissing(sql, edits);
      const standing = await this.edits.standing(sql, operatorId, id, edits);
      const pairs = edits.map((edit, at) => ({ edit, standing: standing[at]! }));
      for (const [index, { edit, standing }] of pairs.entries()) refuseUnseen(edit, standing, index);
      const at = new Date(this.now());
      const data = { draftId: id, authorId: by.caller.userId, authorName: by.caller.name, at };
      const ids = new Set(await this.edits.replace(sql, operatorId, data, pairs));
      await this.drafts.changed(sql, id, at);
      const draft = found(await this.drafts.one(sql, operatorId, id));
      if (draft.edits > CONFIG_EDITS_PER_DRAFT_MAX)
        throw refused('body.edits', `at most ${CONFIG_EDITS_PER_DRAFT_MAX} edits in one draft`);
      const views = await this.#views(sql, operatorId, id);
      return {
        result: { draft, edits: views.filter((view) => ids.has(view.id)) },
        audit: { verb: 'update', subjectType: SUBJECT, subjectId: id, change: { edits: edits.map(audited) } },
      };
    });
  }

  removeEdit(by: By, id: string, editId: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      await lockOpen(this.drafts, sql, by.caller.operatorId, id);
      const { place, name } = found(await this.edits.remove(sql, id, editId));
      await this.drafts.changed(sql, id, new Date(this.now()));
      return {
        result: undefined,
        audit: { verb: 'update', subjectType: SUBJECT, subjectId: id, change: { withdrawn: { place, name } } },
      };
    });
  }

  discard(by: By, id: string): Promise<ConfigDraft> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      await lockOpen(this.drafts, sql, operatorId, id);
      await this.drafts.discard(sql, id, new Date(this.now()));
      return {
        result: found(await this.drafts.one(sql, operatorId, id)),
        audit: { verb: 'discard', subjectType: SUBJECT, subjectId: id, change: {} },
      };
    });
  }

  async #refuseMissing(sql: Sql, edits: readonly ConfigEditInput[]): Promise<void> {
    const names = await placeNames(
      sql,
      edits.map(({ place }) => place),
    );
    const missing = edits.findIndex(({ place }) => !names.has(placeKey(place)));
    if (missing !== -1)
      throw new ProblemError('not-found', {
        fields: [{ path: `body.edits.${missing}.place`, expected: 'one of yours' }],
      });
  }

  async #views(sql: Sql, operatorId: string, draftId: string): Promise<ConfigEdit[]> {
    const edits = await this.entries.edits(sql, operatorId, draftId);
    const under = await this.entries.under(sql, operatorId, draftId);
    const names = await placeNames(
      sql,
      edits.map(({ place }) => place),
    );
    return editViews(edits, under, names);
  }
}

function refuseDoubles(edits: readonly ConfigEditInput[]): void {
  const keys = edits.map(entryKey);
  const double = keys.findIndex((key, at) => keys.indexOf(key) !== at);
  if (double !== -1) throw refused(`body.edits.${double}`, 'each entry once');
}

function refuseUnseen({ name, sees }: ConfigEditInput, standing: Standing, index: number): void {
  const there: StandingThere = {
    edit: part(standing.editId, standing.editAuthor, standing.editAt),
    entry: part(standing.entryId, standing.entryAuthor, standing.entryAt),
  };
  const other = unseen(sees, there);
  if (other === null) return;
  const detail =
    other.at === 0
      ? `${name} was changed back meanwhile: nothing is set there.`
      : `${other.author} changed ${name} at ${new Date(other.at).toISOString()}.`;
  const fields = [{ path: `body.edits.${index}`, expected: 'an edit of what is set there now' }];
  throw new ProblemError('stale-edit', { detail, fields });
}

const part = (id: string | null, author: string | null, at: Date | null) =>
  id === null ? null : { id, author: author!, at: at!.getTime() };

/** An edit as the trail keeps it: values of secrets stay out, and so do those of all, which the draft itself keeps. */
const audited = ({ place, kind, name, deviceClass, action }: ConfigEditInput) => ({
  place: placeKey(place),
  kind,
  name,
  deviceClass,
  action,
});
