import { Controller, Delete, Get, Param, Patch, Post, Put, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { SCIM_PATH, ScimPatchBody, ScimUserBody } from '@loopstart/contracts';
import type { Response } from 'express';
import { shown, wantedOf } from './attributes.ts';
import { bodyOf } from './body.ts';
import { type ListQuery, queryOf, searchOf } from './query.ts';
import { isNamed, sendResource, sendScim } from './scim-answer.ts';
import { ScimErrorFilter } from './scim-error.filter.ts';
import { ScimGuard, type ScimRequest } from './scim.guard.ts';
import { DirectoryUsers } from './user.service.ts';

@Controller(`${SCIM_PATH}/Users`)
@UseGuards(ScimGuard)
@UseFilters(ScimErrorFilter)
export class ScimUserController {
  constructor(private readonly users: DirectoryUsers) {}

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
    const user = await this.users.get(request.directory, id);
    const known = request.headers['if-none-match'];
    if (known !== undefined && isNamed(known, user.meta.version)) sendScim(response, 304, null);
    else sendResource(response, 200, user, shown(user, wanted));
  }

  @Post()
  async create(@Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const user = await this.users.create(request.directory, bodyOf(request, ScimUserBody));
    sendResource(response, 201, user, shown(user, wanted));
  }

  @Put(':id')
  async replace(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const body = bodyOf(request, ScimUserBody);
    const user = await this.users.replace(request.directory, id, body, request.headers['if-match']);
    sendResource(response, 200, user, shown(user, wanted));
  }

  @Patch(':id')
  async patch(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const { Operations } = bodyOf(request, ScimPatchBody);
    const user = await this.users.patch(request.directory, id, Operations, request.headers['if-match']);
    sendResource(response, 200, user, shown(user, wanted));
  }

  @Delete(':id')
  async remove(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    await this.users.remove(request.directory, id, request.headers['if-match']);
    sendScim(response, 204, null);
  }

  async #list(request: ScimRequest, response: Response, { page, filter, wanted }: ListQuery) {
    const list = await this.users.list(request.directory, { ...page, filter });
    sendScim(response, 200, { ...list, Resources: list.Resources.map((one) => shown(one, wanted)) });
  }
}
