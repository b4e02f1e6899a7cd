import { Inject, Injectable } from '@nestjs/common';
import type { ConfigAccess, ConfigAccessView, ConfigPolicy } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { AccessRepository } from './access.repository.ts';
import { PolicyRepository } from './policy.repository.ts';

/** What configuration needs beforehand: rules of publication, and logins of gateways. */
@Injectable()
export class SetupService {
  constructor(
    private readonly db: Database,
    private readonly policies: PolicyRepository,
    private readonly accesses: AccessRepository,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  policy(scope: Scope): Promise<ConfigPolicy> {
    return this.db.tx(scope, (sql) => this.policies.of(sql, scope.operatorId));
  }

  setPolicy(by: By, needsOtherPerson: boolean): Promise<ConfigPolicy> {
    const { operatorId, name } = by.caller;
    return this.changes.make(by, async (sql) => {
      const former = await this.policies.of(sql, operatorId);
      await this.policies.set(sql, operatorId, { needsOtherPerson, by: name, at: new Date(this.now()) });
      const isChanged = former.needsOtherPerson !== needsOtherPerson;
      return {
        result: await this.policies.of(sql, operatorId),
        audit: isChanged
          ? { verb: 'update', subjectType: 'config-policy', subjectId: operatorId, change: { needsOtherPerson } }
          : null,
      };
    });
  }

  access(scope: Scope, gatewayId: string): Promise<ConfigAccessView> {
    return this.db.tx(scope, async (sql) => {
      await findGateway(sql, gatewayId);
      return this.accesses.view(sql, gatewayId);
    });
  }

  setAccess(by: By, gatewayId: string, access: ConfigAccess | null): Promise<ConfigAccessView> {
    const { operatorId, name } = by.caller;
    return this.changes.make(by, async (sql) => {
      await findGateway(sql, gatewayId);
      const at = new Date(this.now());
      const isRemoved = access === null && (await this.accesses.remove(sql, gatewayId));
      if (access !== null) await this.accesses.set(sql, operatorId, { gatewayId, access, by: name, at });
      const view = await this.accesses.view(sql, gatewayId);
      const subject = { subjectType: 'config-access', subjectId: gatewayId } as const;
      if (access !== null)
        return { result: view, audit: { ...subject, verb: 'set', change: { user: access.user } } };
      return { result: view, audit: isRemoved ? { ...subject, verb: 'reset', change: {} } : null };
    });
  }
}

async function findGateway(sql: Sql, gatewayId: string): Promise<void> {
  const { rows } = await sql.query('select 1 from gateway where id = $1 and retired_at is null', [gatewayId]);
  found(rows[0]);
}
