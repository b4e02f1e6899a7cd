import { All, Controller, Get, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { SCIM_PATH } from '@loopstart/contracts';
import type { Response } from 'express';
import { resourceTypes, schemas, serviceProviderConfig } from './discovery.ts';
import { listOf } from './page.ts';
import { sendScim } from './scim-answer.ts';
import { ScimErrorFilter } from './scim-error.filter.ts';
import { noResource, ScimError } from './scim-error.ts';
import { ScimGuard, type ScimRequest } from './scim.guard.ts';

/** What this server is and has (RFC 7644, section 4), and what it does not do. Registered last: it answers all other paths. */
@Controller(SCIM_PATH)
@UseGuards(ScimGuard)
@UseFilters(ScimErrorFilter)
export class ScimDiscoveryController {
  @Get('ServiceProviderConfig')
  config(@Req() { directory, query }: ScimRequest, @Res() response: Response) {
    refuseFilter(query);
    sendScim(response, 200, serviceProviderConfig(directory.base));
  }

  @Get('ResourceTypes')
  types(@Req() { directory, query }: ScimRequest, @Res() response: Response) {
    refuseFilter(query);
    sendAll(response, resourceTypes(directory.base));
  }

  @Get('ResourceTypes/:id')
  type(@Param('id') id: string, @Req() { directory }: ScimRequest, @Res() response: Response) {
    sendOne(response, resourceTypes(directory.base), id);
  }

  @Get('Schemas')
  schemas(@Req() { directory, query }: ScimRequest, @Res() response: Response) {
    refuseFilter(query);
    sendAll(response, schemas(directory.base));
  }

  @Get('Schemas/:id')
  schema(@Param('id') id: string, @Req() { directory }: ScimRequest, @Res() response: Response) {
    sendOne(response, schemas(directory.base), id);
  }

  @All(['Me', 'Me/*path'])
  me(): never {
    throw new ScimError(501, 'A token is no person: /Me is not supported.');
  }

  @All('Bulk')
  bulk(): never {
    throw new ScimError(501, 'Bulk operations are not supported.');
  }

  @All(['', '*path'])
  other(): never {
    throw noResource();
  }
}

/** Section 4: a filter here is answered 403. */
function refuseFilter(query: ScimRequest['query']): void {
  if (query['filter'] !== undefined) throw new ScimError(403, 'This list is not filtered.');
}

function sendAll(response: Response, all: readonly object[]): void {
  sendScim(response, 200, listOf(all.length, { startIndex: 1, count: all.length }, all));
}

function sendOne(response: Response, all: readonly { id: string }[], id: string): void {
  const one = all.find((known) => known.id === id);
  if (one === undefined) throw noResource();
  sendScim(response, 200, one);
}
