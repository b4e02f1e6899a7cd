import { Injectable } from '@nestjs/common';
import type { Organisation } from '@loopstart/contracts';
import { Database } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { type By, Changes } from '../audit/index.ts';

/** The operator itself, as its own people see and name it. */
@Injectable()
export class OrganisationService {
  constructor(
    private readonly db: Database,
    private readonly changes: Changes,
  ) {}

  async get({ scope, operatorId }: Caller): Promise<Organisation> {
    const stored = await this.db.prismaTx(scope, (prisma) => prisma.operator.findUnique({ where: { id: operatorId } }));
    const { id, name, createdAt } = found(stored);
    return { id, name, createdAt: createdAt.toISOString() };
  }

  /** Renames it for everybody who works in it. The same name changes nothing and leaves no entry. */
  rename(by: By, name: string): Promise<Organisation> {
    const { operatorId } = by.caller;
    return this.changes.makeInPrisma(by, async (prisma) => {
      const before = found(await prisma.operator.findUnique({ where: { id: operatorId } }));
      const same = before.name === name;
      const { id, createdAt } = same
        ? before
        : await prisma.operator.update({ where: { id: operatorId }, data: { name } });
      return {
        result: { id, name, createdAt: createdAt.toISOString() },
        audit: same
          ? null
          : {
              verb: 'update',
              subjectType: 'organisation',
              subjectId: id,
              change: { name },
              before: { name: before.name },
            },
      };
    });
  }
}
