import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { hashPassword } from '../../core/session/password.ts';

/**
 * On an empty system, creates the first operator and its owner from INITIAL_OPERATOR, INITIAL_EMAIL,
 * INITIAL_PASSWORD.
 */
@Injectable()
export class FirstOperator implements OnApplicationBootstrap {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { INITIAL_OPERATOR: name, INITIAL_EMAIL: email, INITIAL_PASSWORD: password } = this.config;
    if (name === undefined || email === undefined || password === undefined) return;
    const { rows } = await this.db.query('select resolve_operators() limit 1');
    if (rows.length > 0) return;
    const operatorId = crypto.randomUUID();
    const accountId = crypto.randomUUID();
    const passwordHash = await hashPassword(password);
    const made = await this.db.prismaTx(wholeOperator(operatorId).as(accountId), async (prisma) => {
      // Of processes that start at once, one creates it and the others find it.
      await prisma.$executeRaw`select pg_advisory_xact_lock(hashtext('loopstart.first-operator'))`;
      if ((await prisma.$queryRaw<unknown[]>`select resolve_operators() limit 1`).length > 0) return false;
      await prisma.operator.create({ data: { id: operatorId, name } });
      await prisma.account.create({ data: { id: accountId, email, name: 'Administrator' } });
      await prisma.accountCredential.create({ data: { accountId, passwordHash, passwordChangedAt: new Date() } });
      await prisma.user.create({ data: { operatorId, accountId, role: 'owner' } });
      return true;
    });
    if (made) this.log.info({ operatorId, email }, 'created the first operator');
  }
}
