import { Injectable } from '@nestjs/common';
import type { Facet, Silence, SilenceFacet } from '@loopstart/contracts';
import { Database } from '../../../../core/db/database.ts';
import type { Scope } from '../../../../core/db/scope.ts';
import { without } from '../../../../core/list/conditions.ts';
import { countValues } from '../../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../../core/list/list-rows.ts';
import { SqlValues } from '../../../../core/list/sql-values.ts';
import { silenceView } from '../silence-view.ts';
import { SilenceRepository } from '../silence.repository.ts';
import { SILENCE_FACET_SQL, SILENCE_ORDER, type SilenceFilter, silenceRows } from './silence-filter.ts';

/** Silences, filtered and sorted by the database, page by page. */
@Injectable()
export class SilenceListRepository {
  constructor(
    private readonly db: Database,
    private readonly silences: SilenceRepository,
  ) {}

  list(
    scope: Scope,
    now: Date,
    filter: SilenceFilter,
    page: ListPage,
  ): Promise<{ items: Silence[]; nextCursor: string | null; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(sql, silenceRows(now, filter, values), SILENCE_ORDER, page, values);
      const shown = await this.silences.all(sql, scope.operatorId, ids);
      const open = await this.silences.openIncidents(sql, scope.operatorId);
      return { items: shown.map((silence) => silenceView(silence, open, now.getTime())), ...rest };
    });
  }

  /** Counts silences by the values of one filter, all other filters applied. */
  facet(scope: Scope, now: Date, filter: SilenceFilter, facet: SilenceFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = silenceRows(now, without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, SILENCE_FACET_SQL[facet], values));
  }
}
