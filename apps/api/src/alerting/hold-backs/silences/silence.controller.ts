import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { SilenceService } from './silence.service.ts';

@Controller()
export class SilenceController {
  constructor(private readonly service: SilenceService) {}

  @Implements(endpoints.createSilence)
  create(@Call() call: CallOf<typeof endpoints.createSilence>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.endSilence)
  end(@Call() call: CallOf<typeof endpoints.endSilence>) {
    return this.service.end(call, call.params.silenceId);
  }
}
