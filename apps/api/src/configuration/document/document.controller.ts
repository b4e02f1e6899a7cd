import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { DocumentService } from './document.service.ts';

@Controller()
export class DocumentController {
  constructor(private readonly service: DocumentService) {}

  @Implements(endpoints.planConfigDocument)
  plan(@Call() { caller, body }: CallOf<typeof endpoints.planConfigDocument>) {
    return this.service.plan(caller.scope, body.document, body.draftId ?? null);
  }

  @Implements(endpoints.applyConfigDocument)
  apply(@Call() call: CallOf<typeof endpoints.applyConfigDocument>) {
    return this.service.apply(call, call.body);
  }
}
