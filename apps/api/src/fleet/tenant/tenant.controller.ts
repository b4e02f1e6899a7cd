import { Controller, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ndjsonFile } from '../../identity/audit/index.ts';
import { DeletionService } from './deletion.service.ts';
import { OperatorExport } from './operator-export.ts';

@Controller()
export class TenantController {
  constructor(
    private readonly exports: OperatorExport,
    private readonly deletions: DeletionService,
  ) {}

  @Implements(endpoints.exportOperator)
  async export(@Call() { person, requestId }: CallOf<typeof endpoints.exportOperator>): Promise<StreamableFile> {
    return ndjsonFile('operator', await this.exports.begin({ caller: person, requestId }));
  }

  @Implements(endpoints.getOperatorDeletion)
  get(@Call() { person }: CallOf<typeof endpoints.getOperatorDeletion>) {
    return this.deletions.get(person);
  }

  @Implements(endpoints.requestOperatorDeletion)
  request(@Call() { person, requestId, body }: CallOf<typeof endpoints.requestOperatorDeletion>) {
    return this.deletions.request({ caller: person, requestId }, body);
  }

  @Implements(endpoints.withdrawOperatorDeletion)
  withdraw(@Call() { person, requestId }: CallOf<typeof endpoints.withdrawOperatorDeletion>) {
    return this.deletions.withdraw({ caller: person, requestId });
  }
}
