import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { auditFilter } from '../list/audit-filter.ts';
import { AuditExport } from './audit-export.service.ts';
import { ndjsonFile } from './audit-file.ts';
import { HeadKey } from './head-key.ts';
import { Verification } from './verification.service.ts';

/** Whether the trail is as it was written. */
@Controller()
export class AuditChainController {
  constructor(
    private readonly verification: Verification,
    private readonly exports: AuditExport,
    private readonly key: HeadKey,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.getAuditVerification)
  verify(@Call() { caller }: CallOf<typeof endpoints.getAuditVerification>) {
    return this.verification.verify(caller);
  }

  @Implements(endpoints.exportAuditFile)
  file(@Call() { caller, query }: CallOf<typeof endpoints.exportAuditFile>): StreamableFile {
    return ndjsonFile('audit', this.exports.lines(caller, auditFilter(query, this.now()), this.now()));
  }

  @Implements(endpoints.getAuditKeys)
  async keys() {
    return { keys: [await this.key.published()] };
  }
}
