import { Module } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../core/jobs/jobs.service.ts';
import { AuditRepository } from './audit.repository.ts';
import { AuditChainController } from './chain/audit-chain.controller.ts';
import { AuditEnds } from './chain/audit-ends.ts';
import { AuditExport } from './chain/audit-export.service.ts';
import { ChainRepository } from './chain/chain.repository.ts';
import { HeadKey } from './chain/head-key.ts';
import { Heads } from './chain/heads.service.ts';
import { Verification } from './chain/verification.service.ts';
import { Changes } from './changes.ts';
import { AuditRetention } from './keep/audit-retention.service.ts';
import { AuditRetentionController } from './keep/audit-retention.controller.ts';
import { AuditRetentionSetting } from './keep/audit-retention-setting.service.ts';
import { AuditSettingRepository } from './keep/audit-setting.repository.ts';
import { OwnAccounts } from './own-account.ts';
import { PersonRepository } from './person/person.repository.ts';
import { PersonalDataController } from './person/personal-data.controller.ts';
import { PersonalDataService } from './person/personal-data.service.ts';
import { SecretReads } from './secret-reads.ts';
import { AuditListController } from './list/audit-list.controller.ts';
import { AuditListRepository } from './list/audit-list.repository.ts';

const HOUR_MS = 3_600_000;

@Module({
  // The list has the path with an id; what is beside it comes first.
  controllers: [AuditChainController, AuditRetentionController, PersonalDataController, AuditListController],
  providers: [
    AuditEnds,
    AuditExport,
    AuditListRepository,
    AuditRepository,
    AuditRetention,
    AuditRetentionSetting,
    AuditSettingRepository,
    ChainRepository,
    Changes,
    HeadKey,
    Heads,
    OwnAccounts,
    PersonRepository,
    PersonalDataService,
    SecretReads,
    Verification,
  ],
  exports: [AuditEnds, AuditRepository, ChainRepository, Changes, HeadKey, OwnAccounts, SecretReads],
})
export class AuditModule {
  constructor(jobs: Jobs, heads: Heads, retention: AuditRetention) {
    jobs.define({
      name: 'sign-audit-heads',
      payload: z.object({}),
      everyMs: HOUR_MS,
      handle: async () => {
        await heads.signDaily();
      },
    });
    jobs.define({
      name: 'forget-audit-entries',
      payload: z.object({}),
      everyMs: 24 * HOUR_MS,
      handle: async () => {
        await retention.forget();
      },
    });
  }
}
