import { Injectable } from '@nestjs/common';
import type { Customer, endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { Database, type PrismaTx, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { fleetOfCustomers, SUM } from '../../core/fleet/fleet-sums.ts';

export type NewCustomer = z.output<typeof endpoints.createCustomer.body>;
export type CustomerChange = z.output<typeof endpoints.updateCustomer.body>;

/** Customers with their fleets summed. */
@Injectable()
export class CustomerRepository {
  constructor(private readonly db: Database) {}

  /** These customers, except those that were deleted, in the order of their ids. */
  async all(sql: Sql, now: Date, ids: readonly string[]): Promise<Customer[]> {
    const { rows } = await sql.query<Customer>(
      `select k.id, k.name, k.notes, ${SUM.count('sites')} as "siteCount", ${SUM.gateways} as "gatewayCount", ${SUM.ports} as ports, ${SUM.worst} as worst
       from customer k left join ${fleetOfCustomers('$1', '$2')} f on f.customer_id = k.id
       where k.id = any ($2::uuid[]) and k.archived_at is null order by array_position($2::uuid[], k.id)`,
      [now, ids],
    );
    return rows;
  }

  async one(scope: Scope, now: Date, id: string): Promise<Customer | undefined> {
    const [customer] = await this.db.tx(scope, (sql) => this.all(sql, now, [id]));
    return customer;
  }

  async create(prisma: PrismaTx, operatorId: string, customer: NewCustomer): Promise<string> {
    const { id } = await prisma.customer.create({ data: { operatorId, ...customer } });
    return id;
  }

  /** Returns it as it was before. Throws where there is none, or it was deleted. */
  async update(prisma: PrismaTx, id: string, change: CustomerChange): Promise<Required<CustomerChange>> {
    await prisma.$queryRaw`select 1 from customer where id = ${id}::uuid for update`;
    const before = found(await prisma.customer.findUnique({ where: { id, archivedAt: null } }));
    await prisma.customer.update({ where: { id }, data: change });
    return before;
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
