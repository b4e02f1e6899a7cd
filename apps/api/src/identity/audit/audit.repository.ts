import { Injectable } from '@nestjs/common';
import type { PrismaTx, Sql } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

export interface AuditEntry {
  verb: string;
  subjectType: string;
  subjectId: string;
  change: Prisma.InputJsonObject;
}

/** The author: the person and the request. */
interface Author {
  caller: Pick<Caller, 'operatorId' | 'userId' | 'name'>;
  requestId: string;
}

/** Records who changed what, in the transaction of the change. Secrets are never recorded. */
@Injectable()
export class AuditRepository {
  async record(prisma: PrismaTx, by: Author, entry: AuditEntry): Promise<void> {
    await prisma.auditEntry.create({
      data: {
        operatorId: by.caller.operatorId,
        userId: by.caller.userId,
        userName: by.caller.name,
        requestId: by.requestId,
        ...entry,
      },
    });
  }

  /** The same in a transaction of SQL. */
  async write(sql: Sql, by: Author, entry: AuditEntry): Promise<void> {
    await sql.query(
      `insert into audit_entry (operator_id, user_id, user_name, request_id, verb, subject_type, subject_id, change) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        by.caller.operatorId,
        by.caller.userId,
        by.caller.name,
        by.requestId,
        entry.verb,
        entry.subjectType,
        entry.subjectId,
        JSON.stringify(entry.change),
      ],
    );
  }
}
