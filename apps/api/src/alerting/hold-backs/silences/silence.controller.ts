import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { SilenceService } from './silence.service.ts';

@Controller()
export class SilenceController {
  constructor(private readonly service: SilenceService) {}

  @Implements(endpoints.listSilences)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listSilences>) {
    const { rows, total } = await this.service.list(caller.scope, {
      state: query.state ?? null,
      after: decodeCursor(query.cursor, ['instant', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ endsAt, id }) => [endsAt, id]), total };
  }

  @Implements(endpoints.createSilence)
  create(@Call() call: CallOf<typeof endpoints.createSilence>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.endSilence)
  end(@Call() call: CallOf<typeof endpoints.endSilence>) {
    return this.service.end(call, call.params.silenceId);
  }
}
