import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { OWNER } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { hashPassword } from '../../core/session/password.ts';
import { AuditRepository } from '../audit/index.ts';
import { SetupCode } from './setup-code.ts';

/** The first owner and their operator. */
export interface FirstOwner {
  operator: string;
  name: string;
  email: string;
  passwordHash: string;
}

/**
 * The first operator of an empty system, with its owner: from INITIAL_OPERATOR, INITIAL_EMAIL and INITIAL_PASSWORD, or by
 * the set-up page and the code that is printed for it.
 */
@Injectable()
export class FirstOperator implements OnApplicationBootstrap {
  constructor(
    private readonly db: Database,
    private readonly code: SetupCode,
    private readonly audit: AuditRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (await this.exists()) return this.code.forget();
    const { INITIAL_OPERATOR: operator, INITIAL_EMAIL: email, INITIAL_PASSWORD: password } = this.config;
    if (operator === undefined || email === undefined || password === undefined) return this.code.announce();
    const made = await this.create(
      { operator, email, name: 'Administrator', passwordHash: await hashPassword(password) },
      { requestId: null, address: null },
    );
    if (made !== null) this.log.info({ operatorId: made.operatorId, email }, 'created the first operator');
  }

  /** Whether there is an operator. */
  async exists(): Promise<boolean> {
    return (await this.db.query('select resolve_operators() limit 1')).rows.length > 0;
  }

  /** Of any number of processes and requests at once, one creates it; the others get null. */
  async create(
    { operator, name, email, passwordHash }: FirstOwner,
    from: { requestId: string | null; address: string | null },
  ): Promise<{ operatorId: string; accountId: string; userId: string } | null> {
    const [operatorId, accountId, userId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    const at = new Date(this.now());
    return this.db.prismaTx(wholeOperator(operatorId).as(accountId), async (prisma) => {
      await prisma.$executeRaw`select pg_advisory_xact_lock(hashtext('loopstart.first-operator'))`;
      if ((await prisma.$queryRaw<unknown[]>`select resolve_operators() limit 1`).length > 0) return null;
      await prisma.operator.create({ data: { id: operatorId, name: operator } });
      await prisma.account.create({ data: { id: accountId, email, name } });
      await prisma.accountCredential.create({ data: { accountId, passwordHash, passwordChangedAt: at } });
      await prisma.user.create({ data: { id: userId, operatorId, accountId, role: OWNER } });
      // Who sets the installation up runs it, too.
      await prisma.$executeRaw`select provider_found(${at})`;
      const change = { name, email, role: OWNER, ...(from.address !== null && { address: from.address }) };
      await this.audit.record(
        prisma,
        { caller: { operatorId, userId, name }, requestId: from.requestId },
        { verb: 'join', subjectType: 'user', subjectId: userId, change },
      );
      return { operatorId, accountId, userId };
    });
  }
}
