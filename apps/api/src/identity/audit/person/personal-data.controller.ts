import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { PersonalDataService } from './personal-data.service.ts';

/** What is kept about one person. */
@Controller()
export class PersonalDataController {
  constructor(private readonly personal: PersonalDataService) {}

  @Implements(endpoints.exportPersonalData)
  export(@Call() call: CallOf<typeof endpoints.exportPersonalData>) {
    return this.personal.export(call, call.params.userId);
  }

  @Implements(endpoints.erasePerson)
  erase(@Call() call: CallOf<typeof endpoints.erasePerson>) {
    return this.personal.erase(call, call.params.userId, call.body.name);
  }
}
