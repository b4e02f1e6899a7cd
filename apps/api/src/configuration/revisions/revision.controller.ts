import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, encodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { PublishService } from './publish.service.ts';
import { RevisionService } from './revision.service.ts';

@Controller()
export class RevisionController {
  constructor(
    private readonly service: RevisionService,
    private readonly publisher: PublishService,
  ) {}

  @Implements(endpoints.publishConfigDraft)
  publish(@Call() call: CallOf<typeof endpoints.publishConfigDraft>) {
    return this.publisher.publish(call, call.params.draftId, call.body);
  }

  @Implements(endpoints.rollBackConfig)
  rollBack(@Call() call: CallOf<typeof endpoints.rollBackConfig>) {
    return this.publisher.rollBack(call, call.params.revision, call.body);
  }

  @Implements(endpoints.listConfigRevisions)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listConfigRevisions>) {
    const { rows, total } = await this.service.list(caller.scope, {
      before: Number(decodeCursor(query.cursor, ['integer'])?.[0] ?? 0) || null,
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ number }) => [number]), total };
  }

  @Implements(endpoints.getConfigRevision)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getConfigRevision>) {
    return this.service.get(caller.scope, params.revision);
  }

  @Implements(endpoints.compareConfigRevisions)
  async changes(@Call() { caller, params, query }: CallOf<typeof endpoints.compareConfigRevisions>) {
    const { revision } = params;
    const all = await this.service.changes(caller.scope, revision, query.since ?? revision - 1);
    const skip = skipOf(query.cursor);
    return part(all.slice(skip, skip + query.limit), { skip, total: all.length });
  }

  @Implements(endpoints.listConfigHistory)
  async history(@Call() { caller, params, query }: CallOf<typeof endpoints.listConfigHistory>) {
    const { position, limit } = query;
    const skip = skipOf(query.cursor);
    const { rows, total } = await this.service.history(caller.scope, params.gatewayId, { position, skip, limit });
    return part(rows, { skip, total });
  }
}

/** What is published never changes, so a page is found by its place in the list. */
const skipOf = (cursor: string | undefined): number => Math.max(0, Number(decodeCursor(cursor, ['integer'])?.[0] ?? 0));

function part<T>(items: T[], { skip, total }: { skip: number; total: number }) {
  const next = skip + items.length;
  return { items, nextCursor: next < total && items.length > 0 ? encodeCursor([next]) : null, total };
}
