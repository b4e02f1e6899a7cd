import { Injectable } from '@nestjs/common';
import type { PlacesOf } from '@loopstart/contracts';
import { type Granted, type MemberFacts, OWNER, type Places, rightsOf } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import type { By } from '../audit/index.ts';
import type { Caller, Person } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';

/** A role and places as a request names them. */
export interface WantedRole {
  role: string;
  limitedTo: PlacesOf | null;
}

/** What roles and places of requests mean, in the transaction of the caller. */
@Injectable()
export class Grants {
  /** Throws `invalid-input` naming a role or place that the caller does not see, or a limit that the role needs. */
  async wanted(sql: Sql, { role, limitedTo }: WantedRole): Promise<Granted & { role: string }> {
    const { rows } = await sql.query<{ name: string; permissions: string[]; max: number | null }>(
      'select name, permissions, max_lines_at_once as max from own_role where id::text = $1',
      [role],
    );
    const own = rows[0];
    const rights = rightsOf(
      role,
      own === undefined ? null : { title: own.name, permissions: own.permissions, maxLinesAtOnce: own.max },
    );
    const fields: { path: string; expected: string }[] = [];
    if (rights === null) fields.push({ path: 'body.role', expected: 'a role of this organisation' });
    if (rights?.limitedOnly === true && limitedTo === null)
      fields.push({
        path: 'body.limitedTo',
        expected: 'customers, sites or tags: this role is for a part of the fleet',
      });
    if (limitedTo !== null) fields.push(...(await missing(sql, limitedTo)));
    if (role === OWNER && limitedTo !== null)
      fields.push({ path: 'body.limitedTo', expected: 'nothing: an owner works everywhere' });
    if (fields.length > 0) throw new ProblemError('invalid-input', { fields });
    return { role, rights, limitedTo };
  }

  /** Sites of the customers that the caller is limited to. */
  async ownSiteIds(sql: Sql, { scope }: Caller): Promise<ReadonlySet<string>> {
    if (scope.limitedTo === null) return new Set();
    const { rows } = await sql.query<{ id: string }>('select id from site where customer_id = any ($1::uuid[])', [
      scope.limitedTo.customerIds,
    ]);
    return new Set(rows.map(({ id }) => id));
  }
}

/** The caller as the rules of memberships see them. */
/** A change by a person: programs invite nobody and remove nobody. */
export type ByPerson = By & { caller: Person };

export const actorOf = ({ userId, role, rights, scope }: Person): MemberFacts => ({
  userId,
  role,
  rights,
  limitedTo: scope.limitedTo,
  removed: false,
});

/** The same places as the contract and audit entries have them. */
export const copyOf = (places: Places | null): PlacesOf | null =>
  places === null
    ? null
    : { customerIds: [...places.customerIds], siteIds: [...places.siteIds], tags: [...places.tags] };

async function missing(sql: Sql, { customerIds, siteIds }: Places): Promise<{ path: string; expected: string }[]> {
  const { rows } = await sql.query<{ customers: boolean; sites: boolean }>(
    `select exists (select from unnest($1::uuid[]) x(id) where not exists (select from customer c where c.id = x.id)) as customers,
       exists (select from unnest($2::uuid[]) x(id) where not exists (select from site s where s.id = x.id)) as sites`,
    [customerIds, siteIds],
  );
  return [
    ...(rows[0]!.customers ? [{ path: 'body.limitedTo.customerIds', expected: 'customers of yours' }] : []),
    ...(rows[0]!.sites ? [{ path: 'body.limitedTo.siteIds', expected: 'sites of yours' }] : []),
  ];
}
