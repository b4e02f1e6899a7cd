import { Inject, Injectable } from '@nestjs/common';
import type { Facet, Member, MemberFacet } from '@loopstart/contracts';
import { allows, hasAccepted, type OwnFactors } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Caller } from '../../../core/http/implements.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { policyOf, type StoredPolicy } from '../../../core/session/sign-in-policy.ts';
import { MemberRepository, toMember } from '../member.repository.ts';
import { MEMBER_FACET_SQL, MEMBER_ORDER, type MemberFilter, memberRows, type MemberView } from './member-filter.ts';

/** Members with their roles and second factors, filtered and sorted by the database, page by page. */
@Injectable()
export class MemberList {
  constructor(
    private readonly db: Database,
    private readonly members: MemberRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  list(
    caller: Caller,
    filter: MemberFilter,
    page: ListPage,
  ): Promise<{ items: Member[]; nextCursor: string | null; total: number }> {
    return this.db.tx(caller.scope, async (sql) => {
      const view = await this.#view(sql, caller);
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(sql, memberRows(view, filter, values), MEMBER_ORDER, page, values);
      const rows = new Map((await this.members.some(sql, caller.operatorId, ids)).map((row) => [row.id, row] as const));
      const factors = view.accepts === null ? null : await this.#factors(sql, caller.operatorId);
      const items = ids.flatMap((id) => {
        const row = rows.get(id);
        return row === undefined ? [] : [{ ...toMember(row), factor: factorOf(view, factors?.get(id)) }];
      });
      return { items, ...rest };
    });
  }

  /** Counts members by the values of one filter, all other filters applied. */
  facet(caller: Caller, filter: MemberFilter, facet: MemberFacet): Promise<Facet> {
    return this.db.tx(caller.scope, async (sql) => {
      const values = new SqlValues();
      const rows = memberRows(await this.#view(sql, caller), without(filter, facet), values);
      return countValues(sql, rows, MEMBER_FACET_SQL[facet], values);
    });
  }

  /** Who has a second factor is seen by who may see the policy. */
  async #view(sql: Sql, { operatorId, rights }: Caller): Promise<MemberView> {
    const now = new Date(this.now());
    if (!allows(rights, 'sign-in-policy.read')) return { operatorId, now, accepts: null };
    const { rows } = await sql.query<StoredPolicy>('select * from sign_in_policy where operator_id = $1', [operatorId]);
    return { operatorId, now, accepts: policyOf(rows[0] ?? null).accepts };
  }

  async #factors(sql: Sql, operatorId: string): Promise<Map<string, OwnFactors>> {
    const { rows } = await sql.query<{ id: string; totp: boolean; passkey: boolean }>(
      'select user_id as id, has_totp as totp, has_passkey as passkey from resolve_member_factors($1)',
      [operatorId],
    );
    return new Map(rows.map(({ id, ...factors }) => [id, factors]));
  }
}

function factorOf({ accepts }: MemberView, factors: OwnFactors | undefined): Member['factor'] {
  if (accepts === null || factors === undefined) return null;
  if (hasAccepted({ accepts }, factors)) return 'accepted';
  return factors.totp || factors.passkey ? 'other' : 'none';
}
