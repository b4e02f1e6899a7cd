import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { CsvService } from './csv.service.ts';

@Controller()
export class CsvController {
  constructor(private readonly service: CsvService) {}

  @Implements(endpoints.previewConfigCsv)
  preview(@Call() { caller, body }: CallOf<typeof endpoints.previewConfigCsv>) {
    return this.service.preview(caller.scope, body.csv, body.draftId ?? null);
  }

  @Implements(endpoints.importConfigCsv)
  import(@Call() call: CallOf<typeof endpoints.importConfigCsv>) {
    return this.service.import(call, call.body);
  }
}
