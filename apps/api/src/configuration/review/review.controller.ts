import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { ReviewService } from './review.service.ts';

@Controller()
export class ReviewController {
  constructor(private readonly service: ReviewService) {}

  @Implements(endpoints.reviewConfigDraft)
  review(@Call() { caller, params }: CallOf<typeof endpoints.reviewConfigDraft>) {
    return this.service.review(caller, params.draftId);
  }

  @Implements(endpoints.listConfigGatewayReviews)
  async gateways(@Call() { caller, params, query }: CallOf<typeof endpoints.listConfigGatewayReviews>) {
    const after = decodeCursor(query.cursor, ['uuid'])?.[0];
    const { rows, ...totals } = await this.service.gateways(caller.scope, params.draftId, {
      after: after === undefined ? '' : String(after),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, ({ gateway }) => [gateway.id]), ...totals };
  }
}
