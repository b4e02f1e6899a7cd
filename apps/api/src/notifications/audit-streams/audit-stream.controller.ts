import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { AuditStreamService } from './audit-stream.service.ts';

@Controller()
export class AuditStreamController {
  constructor(private readonly service: AuditStreamService) {}

  @Implements(endpoints.listAuditStreams)
  async list(@Call() { caller }: CallOf<typeof endpoints.listAuditStreams>) {
    return { items: await this.service.list(caller.scope) };
  }

  @Implements(endpoints.createAuditStream)
  create(@Call() call: CallOf<typeof endpoints.createAuditStream>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.updateAuditStream)
  update(@Call() call: CallOf<typeof endpoints.updateAuditStream>) {
    return this.service.update(call, call.params.streamId, call.body);
  }

  @Implements(endpoints.setAuditStreamState)
  setState(@Call() call: CallOf<typeof endpoints.setAuditStreamState>) {
    return this.service.setPaused(call, call.params.streamId, call.body.paused);
  }

  @Implements(endpoints.testAuditStream)
  test(@Call() call: CallOf<typeof endpoints.testAuditStream>) {
    return this.service.test(call, call.params.streamId);
  }

  @Implements(endpoints.deleteAuditStream)
  remove(@Call() call: CallOf<typeof endpoints.deleteAuditStream>): Promise<void> {
    return this.service.remove(call, call.params.streamId);
  }
}
