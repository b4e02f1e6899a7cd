import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ImportService } from './import.service.ts';

@Controller()
export class ImportController {
  constructor(private readonly service: ImportService) {}

  @Implements(endpoints.previewConfigImport)
  preview(@Call() { caller, params, body }: CallOf<typeof endpoints.previewConfigImport>) {
    return this.service.preview(caller.scope, params.gatewayId, body.source, body.draftId ?? null);
  }

  @Implements(endpoints.importConfig)
  import(@Call() call: CallOf<typeof endpoints.importConfig>) {
    return this.service.import(call, call.params.gatewayId, call.body);
  }
}
