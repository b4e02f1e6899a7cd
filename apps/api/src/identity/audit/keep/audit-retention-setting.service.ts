import { Injectable } from '@nestjs/common';
import { Database } from '../../../core/db/database.ts';
import type { Caller } from '../../../core/http/implements.ts';
import { type By, Changes } from '../changes.ts';
import { AuditSettingRepository } from './audit-setting.repository.ts';

/** An operator decides how long its trail is kept. */
@Injectable()
export class AuditRetentionSetting {
  constructor(
    private readonly db: Database,
    private readonly changes: Changes,
    private readonly settings: AuditSettingRepository,
  ) {}

  /** Null: as the installation. */
  get({ operatorId, scope }: Caller): Promise<number | null> {
    return this.db.tx(scope, (sql) => this.settings.retentionMonths(sql, operatorId));
  }

  set(by: By, months: number | null): Promise<number | null> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const before = await this.settings.retentionMonths(sql, operatorId);
      if (before === months) return { result: months, audit: null };
      await this.settings.setRetentionMonths(sql, operatorId, months);
      return {
        result: months,
        audit: {
          verb: 'update',
          subjectType: 'audit-trail',
          subjectId: operatorId,
          change: { retentionMonths: months },
          before: { retentionMonths: before },
        },
      };
    });
  }
}
