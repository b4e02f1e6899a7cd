import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { DraftService } from './draft.service.ts';

@Controller()
export class DraftController {
  constructor(private readonly service: DraftService) {}

  @Implements(endpoints.listConfigDrafts)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listConfigDrafts>) {
    const { rows, total } = await this.service.list(caller.scope, {
      state: query.state ?? null,
      after: decodeCursor(query.cursor, ['instant', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ createdAt, id }) => [createdAt, id]), total };
  }

  @Implements(endpoints.createConfigDraft)
  create(@Call() call: CallOf<typeof endpoints.createConfigDraft>) {
    return this.service.create(call, call.body.name);
  }

  @Implements(endpoints.getConfigDraft)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getConfigDraft>) {
    return this.service.get(caller.scope, params.draftId);
  }

  @Implements(endpoints.listConfigEdits)
  async edits(@Call() { caller, params, query }: CallOf<typeof endpoints.listConfigEdits>) {
    const all = await this.service.listEdits(caller.scope, params.draftId);
    const after = decodeCursor(query.cursor, ['instant', 'uuid']);
    const rest = after === null ? all : all.filter(({ at, id }) => at < after[0]! || (at === after[0] && id < after[1]!));
    const rows = rest.slice(0, query.limit + 1);
    return { ...page(rows, query.limit, ({ at, id }) => [at, id]), total: all.length };
  }

  @Implements(endpoints.editConfigDraft)
  edit(@Call() call: CallOf<typeof endpoints.editConfigDraft>) {
    return this.service.edit(call, call.params.draftId, call.body.edits);
  }

  @Implements(endpoints.removeConfigEdit)
  remove(@Call() call: CallOf<typeof endpoints.removeConfigEdit>) {
    return this.service.removeEdit(call, call.params.draftId, call.params.editId);
  }

  @Implements(endpoints.discardConfigDraft)
  discard(@Call() call: CallOf<typeof endpoints.discardConfigDraft>) {
    return this.service.discard(call, call.params.draftId);
  }
}
