import { Controller, Inject } from '@nestjs/common';
import { type AuditRetention, endpoints } from '@loopstart/contracts';
import { CONFIG, type Config } from '../../../core/config.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { AuditRetentionSetting } from './audit-retention-setting.service.ts';

/** How long the trail is kept. */
@Controller()
export class AuditRetentionController {
  constructor(
    private readonly setting: AuditRetentionSetting,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Implements(endpoints.getAuditRetention)
  async get(@Call() { caller }: CallOf<typeof endpoints.getAuditRetention>): Promise<AuditRetention> {
    return this.#answer(await this.setting.get(caller));
  }

  @Implements(endpoints.setAuditRetention)
  async set(@Call() { caller, body, requestId }: CallOf<typeof endpoints.setAuditRetention>): Promise<AuditRetention> {
    return this.#answer(await this.setting.set({ caller, requestId }, body.months));
  }

  #answer(months: number | null): AuditRetention {
    return { months, installationMonths: this.config.RETENTION_AUDIT_MONTHS };
  }
}
