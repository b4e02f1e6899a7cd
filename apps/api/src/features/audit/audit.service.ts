import { Injectable } from '@nestjs/common';
import type { PrismaTx } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

/** Writes down who changed what, in the transaction of the change. Secrets never go in here. */
@Injectable()
export class AuditService {
  async record(
    prisma: PrismaTx,
    by: { caller: Caller; requestId: string },
    entry: { verb: string; subjectType: string; subjectId: string; change: Prisma.InputJsonObject },
  ): Promise<void> {
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
}
