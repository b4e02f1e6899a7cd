import { Injectable } from '@nestjs/common';
import type { ConfigGatewayReview, ConfigReview } from '@loopstart/contracts';
import { type ConfigEdit, entryKey, isAlone, isStale } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import type { Caller } from '../../core/http/implements.ts';
import { draftEdits, EntryRepository, type StoredEntry } from '../entries/index.ts';
import { PolicyRepository } from '../setup/index.ts';
import { gatewayReview } from './gateway-review.ts';
import { Planner } from './planner.ts';
import { Tally } from './tally.ts';

/** What a draft does, and what stops it. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly db: Database,
    private readonly entries: EntryRepository,
    private readonly planner: Planner,
    private readonly policies: PolicyRepository,
  ) {}

  review(caller: Caller, draftId: string): Promise<ConfigReview> {
    const { operatorId, userId } = caller;
    return this.db.tx(caller.scope, async (sql) => {
      const edits = await this.edits(sql, operatorId, draftId);
      const { tally, staleEdits } = await this.judge(sql, operatorId, draftId, edits);
      const { needsOtherPerson } = await this.policies.of(sql, operatorId);
      const editors = edits.map(({ authorId }) => authorId);
      return {
        draftId,
        ...tally.result(),
        staleEdits,
        needsOtherPerson: needsOtherPerson && isAlone({ editors, publisher: userId }),
      };
    });
  }

  /** Up to `limit` gateways that change; `total` counts them all only where the last one is among them. */
  gateways(
    scope: Scope,
    draftId: string,
    { after, limit }: { after: string; limit: number },
  ): Promise<{ rows: ConfigGatewayReview[]; total: number; totalIsMinimum: boolean }> {
    const { operatorId } = scope;
    return this.db.tx(scope, async (sql) => {
      const edits = await this.edits(sql, operatorId, draftId);
      const rows: ConfigGatewayReview[] = [];
      for await (const plan of this.planner.changes(sql, operatorId, edits, after)) {
        rows.push(gatewayReview(plan));
        if (rows.length === limit) break;
      }
      const isWhole = after === '' && rows.length < limit;
      return { rows, total: rows.length, totalIsMinimum: !isWhole };
    });
  }

  edits(sql: Sql, operatorId: string, draftId: string): Promise<StoredEntry[]> {
    return draftEdits(sql, this.entries, operatorId, draftId) as Promise<StoredEntry[]>;
  }

  /** All that the edits do, counted, with what the checks find. */
  async judge(
    sql: Sql,
    operatorId: string,
    draftId: string | null,
    edits: readonly ConfigEdit[],
  ): Promise<{ tally: Tally; staleEdits: number }> {
    const tally = new Tally();
    for await (const plan of this.planner.changes(sql, operatorId, edits)) tally.add(plan);
    const { siteIds, changedAccounts: changed } = tally;
    for (const finding of await this.planner.duplicates(sql, operatorId, edits, { siteIds, changed }))
      tally.addFinding(finding, null);
    const stale = draftId === null ? [] : await this.#stale(sql, operatorId, draftId, edits);
    for (const { name } of stale)
      tally.addFinding({ check: 'stale-edit', gatewayId: null, position: null, field: name, detail: STALE }, null);
    return { tally, staleEdits: stale.length };
  }

  async #stale(sql: Sql, operatorId: string, draftId: string, edits: readonly ConfigEdit[]): Promise<ConfigEdit[]> {
    const under = await this.entries.under(sql, operatorId, draftId);
    const byKey = new Map(under.map((entry) => [entryKey(entry), entry]));
    return edits.filter((edit) => isStale(edit, byKey.get(entryKey(edit)) ?? null));
  }
}

const STALE = 'another revision changed it since the edit was made';
