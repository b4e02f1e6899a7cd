import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import type { AuditEntry, By } from '../../identity/audit/index.ts';
import { PersonTies, type PersonTie, type TieKeeper } from '../../identity/people/index.ts';

/** Messages that wait for a person: they are not sent to somebody who has left. */
@Injectable()
export class DeliveryTies implements TieKeeper {
  constructor(ties: PersonTies) {
    ties.register(this);
  }

  async ties(): Promise<PersonTie[]> {
    return [];
  }

  async untie(sql: Sql, { caller }: By, userId: string): Promise<AuditEntry[]> {
    await sql.query(
      `update delivery set state = 'abandoned', last_error = coalesce(last_error, 'The person is no member any more.')
       where operator_id = $1 and state = 'pending' and recipient = (select email from person where id = $2)`,
      [caller.operatorId, userId],
    );
    return [];
  }
}
