import { Injectable } from '@nestjs/common';
import type { Customer, endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { Database, type PrismaTx, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { effectiveGateways, SUM_PORTS, WORST_OF } from '../../core/fleet/effective-gateway.ts';

export type NewCustomer = z.output<typeof endpoints.createCustomer.body>;
export type CustomerChange = z.output<typeof endpoints.updateCustomer.body>;

export interface CustomerFilter {
  id?: string;
  search: string | null;
  after: (string | number)[] | null;
  limit: number;
}

/** Customers with their fleets summed. */
@Injectable()
export class CustomerRepository {
  constructor(private readonly db: Database) {}

  /** Up to `limit` customers in order of name; `total` counts all that match. */
  list(scope: Scope, now: Date, filter: CustomerFilter): Promise<{ rows: Customer[]; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const match = `c.archived_at is null and ($2::uuid is null or c.id = $2) and ($3::text is null or c.name ilike $3)`;
      const { rows } = await sql.query<Customer>(
        `select c.id, c.name, c.notes, (select count(*) from site s where s.customer_id = c.id and s.archived_at is null)::int as "siteCount",
           count(g.id)::int as "gatewayCount", ${SUM_PORTS} as ports, ${WORST_OF} as worst
         from customer c left join site s on s.customer_id = c.id left join ${effectiveGateways('$1', { whole: true })} g on g.site_id = s.id
         where ${match} and ($4::text is null or (lower(c.name), c.id) > (lower($4), $5::uuid))
         group by c.id order by lower(c.name), c.id limit $6`,
        [now, filter.id ?? null, filter.search, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
      );
      const count = await sql.query<{ total: number }>(
        `select count(*)::int as total from customer c where $1::timestamptz is not null and ${match}`,
        [now, filter.id ?? null, filter.search],
      );
      return { rows, total: count.rows[0]?.total ?? 0 };
    });
  }

  async create(prisma: PrismaTx, operatorId: string, customer: NewCustomer): Promise<string> {
    const { id } = await prisma.customer.create({ data: { operatorId, ...customer } });
    return id;
  }

  /** Throws where there is none, or it was deleted. */
  async update(prisma: PrismaTx, id: string, change: CustomerChange): Promise<void> {
    await prisma.customer.update({ where: { id, archivedAt: null }, data: change });
  }

  /**
   * Deletes a customer that has no sites; what was written of it keeps its name. Throws `in-use` with the reason, or
   * `not-found`.
   */
  async archive(sql: Sql, customerId: string, now: Date): Promise<void> {
    const { rows } = await sql.query<{ sites: number }>(
      `select (select count(*) from site s where s.customer_id = c.id and s.archived_at is null)::int as sites
       from (select id from customer where id = $1 and archived_at is null for update) c`,
      [customerId],
    );
    const { sites } = found(rows[0]);
    if (sites > 0)
      throw new ProblemError('in-use', {
        detail: `It has ${sites} ${sites === 1 ? 'site' : 'sites'}: delete those first.`,
      });
    await sql.query('update customer set archived_at = $2 where id = $1', [customerId, now]);
  }
}
