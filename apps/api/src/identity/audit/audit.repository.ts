import { Injectable } from '@nestjs/common';
import type { AUDITED, AuditSubject } from '@loopstart/domain';
import type { PrismaTx, Sql } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

interface Written {
  subjectId: string;
  change: Prisma.InputJsonObject;
  /** What the fields of `change` were before, where there was something before. */
  before?: Prisma.InputJsonObject;
}

/** What is recorded. Only what the domain lists can be done to each kind of thing. */
export type AuditEntry = {
  [S in AuditSubject]: Written & { subjectType: S; verb: (typeof AUDITED)[S][number] };
}[AuditSubject];

/** The author: the person and the request; an agent that enrols has neither. */
interface Author {
  caller: Pick<Caller, 'operatorId' | 'name'> & { userId: string | null };
  requestId: string | null;
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
      `insert into audit_entry (operator_id, user_id, user_name, request_id, verb, subject_type, subject_id, change, before) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        by.caller.operatorId,
        by.caller.userId,
        by.caller.name,
        by.requestId,
        entry.verb,
        entry.subjectType,
        entry.subjectId,
        JSON.stringify(entry.change),
        entry.before === undefined ? null : JSON.stringify(entry.before),
      ],
    );
  }
}
