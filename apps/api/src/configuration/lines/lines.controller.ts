import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import type { EntryPlace } from '@loopstart/domain';
import { decodeCursor, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { refused } from '../../core/http/refuse.ts';
import type { LineKey } from '../entries/index.ts';
import { keyOfLine, LinesService } from './lines.service.ts';

@Controller()
export class LinesController {
  constructor(private readonly service: LinesService) {}

  @Implements(endpoints.listConfigLines)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listConfigLines>) {
    const { rows, total } = await this.service.list(caller.scope, placeOf(query), {
      draftId: query.draftId,
      after: decodeCursor(query.cursor, ['text', 'text', 'uuid', 'integer']) as LineKey | null,
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, (line) => [...keyOfLine(line)]), total };
  }
}

/** The one place that a query names. Throws `invalid-input` where it names none or several. */
function placeOf({ customerId, siteId, gatewayId }: CallOf<typeof endpoints.listConfigLines>['query']): EntryPlace {
  const places: EntryPlace[] = [
    ...(customerId === undefined ? [] : [{ layer: 'customer', customerId } as const]),
    ...(siteId === undefined ? [] : [{ layer: 'site', siteId } as const]),
    ...(gatewayId === undefined ? [] : [{ layer: 'gateway', gatewayId } as const]),
  ];
  const [place] = places;
  if (place === undefined || places.length > 1)
    throw refused('query.customerId', 'exactly one of customerId, siteId and gatewayId');
  return place;
}
