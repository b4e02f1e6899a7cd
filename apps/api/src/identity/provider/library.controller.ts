import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { LibraryService } from './library.service.ts';

@Controller()
export class LibraryController {
  constructor(private readonly objects: LibraryService) {}

  @Implements(endpoints.listLibrary)
  async list(@Call() { person }: CallOf<typeof endpoints.listLibrary>) {
    return { items: await this.objects.list(person) };
  }

  @Implements(endpoints.publishObject)
  publish(@Call() { person, requestId, body }: CallOf<typeof endpoints.publishObject>) {
    return this.objects.publish({ caller: person, requestId }, body);
  }

  @Implements(endpoints.publishVersion)
  publishVersion(@Call() { person, requestId, params, body }: CallOf<typeof endpoints.publishVersion>) {
    return this.objects.publishVersion({ caller: person, requestId }, params.objectId, body.from, body.object);
  }

  @Implements(endpoints.withdrawObject)
  withdraw(@Call() { person, requestId, params }: CallOf<typeof endpoints.withdrawObject>) {
    return this.objects.withdraw({ caller: person, requestId }, params.objectId);
  }
}
