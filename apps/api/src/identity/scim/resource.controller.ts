import { Delete, Get, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ScimPatchBody } from '@loopstart/contracts';
import type { PatchOperation, ScimFilter } from '@loopstart/domain';
import type { Response } from 'express';
import type { z } from 'zod';
import { isWanted, shown, wantedOf } from './attributes.ts';
import { bodyOf } from './body.ts';
import type { Directory } from './directory.ts';
import type { listOf, Page } from './page.ts';
import { type ListQuery, queryOf, searchOf } from './query.ts';
import { isNamed, type ScimResource, sendResource, sendScim } from './scim-answer.ts';
import type { ScimRequest } from './scim.guard.ts';

type Asked = Page & { filter: ScimFilter | null; withMembers: boolean };
type Body = Record<string, unknown>;
type Version = string | undefined;

/** What a directory keeps of one kind. */
interface Resources {
  list(directory: Directory, asked: Asked): Promise<ReturnType<typeof listOf<ScimResource | object>>>;
  get(directory: Directory, id: string): Promise<ScimResource>;
  create(directory: Directory, body: Body): Promise<ScimResource>;
  replace(directory: Directory, id: string, body: Body, ifMatch: Version): Promise<ScimResource>;
  patch(
    directory: Directory,
    id: string,
    operations: readonly PatchOperation[],
    ifMatch: Version,
  ): Promise<ScimResource>;
  remove(directory: Directory, id: string, ifMatch: Version): Promise<void>;
}

/** The requests that are the same for every kind of resource (RFC 7644, section 3). */
export abstract class ScimResourceController {
  protected constructor(
    private readonly kept: Resources,
    private readonly schema: z.ZodType<Body>,
  ) {}

  @Get()
  list(@Req() request: ScimRequest, @Res() response: Response) {
    return this.#list(request, response, queryOf(request));
  }

  @Post('.search')
  search(@Req() request: ScimRequest, @Res() response: Response) {
    return this.#list(request, response, searchOf(request));
  }

  @Get(':id')
  async get(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const one = await this.kept.get(request.directory, id);
    const known = request.headers['if-none-match'];
    if (known !== undefined && isNamed(known, one.meta.version)) sendScim(response, 304, null);
    else sendResource(response, 200, one, shown(one, wanted));
  }

  @Post()
  async create(@Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const one = await this.kept.create(request.directory, bodyOf(request, this.schema));
    sendResource(response, 201, one, shown(one, wanted));
  }

  @Put(':id')
  async replace(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const body = bodyOf(request, this.schema);
    const one = await this.kept.replace(request.directory, id, body, request.headers['if-match']);
    sendResource(response, 200, one, shown(one, wanted));
  }

  @Patch(':id')
  async patch(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const { Operations } = bodyOf(request, ScimPatchBody);
    const one = await this.kept.patch(request.directory, id, Operations, request.headers['if-match']);
    sendResource(response, 200, one, shown(one, wanted));
  }

  @Delete(':id')
  async remove(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    await this.kept.remove(request.directory, id, request.headers['if-match']);
    sendScim(response, 204, null);
  }

  async #list(request: ScimRequest, response: Response, { page, filter, wanted }: ListQuery) {
    const withMembers = isWanted(wanted, 'members');
    const list = await this.kept.list(request.directory, { ...page, filter, withMembers });
    sendScim(response, 200, { ...list, Resources: list.Resources.map((one) => shown(one, wanted)) });
  }
}
