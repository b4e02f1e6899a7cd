import type { Request } from 'express';
import type { ScimFilter } from '@loopstart/domain';
import { ScimSearchBody } from '@loopstart/contracts';
import { type Wanted, wantedOf } from './attributes.ts';
import { bodyOf } from './body.ts';
import { filterOf } from './filter.ts';
import { type Page, pageOf } from './page.ts';

export interface ListQuery {
  page: Page;
  filter: ScimFilter | null;
  wanted: Wanted;
}

const read = (query: Record<string, unknown>): ListQuery => ({
  page: pageOf(query),
  filter: query['filter'] === undefined ? null : filterOf(String(query['filter'])),
  wanted: wantedOf(query),
});

/** What a list is asked for, in the address. */
export const queryOf = (request: Request): ListQuery => read(request.query as Record<string, unknown>);

/** The same in a body (RFC 7644, section 3.4.3). */
export const searchOf = (request: Request): ListQuery => read(bodyOf(request, ScimSearchBody));
