import { Controller, Delete, Get, Param, Patch, Post, Put, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { SCIM_PATH, ScimPatchBody, ScimGroupBody } from '@loopstart/contracts';
import type { Response } from 'express';
import { isWanted, shown, wantedOf } from './attributes.ts';
import { bodyOf } from './body.ts';
import { type ListQuery, queryOf, searchOf } from './query.ts';
import { isNamed, sendResource, sendScim } from './scim-answer.ts';
import { ScimErrorFilter } from './scim-error.filter.ts';
import { ScimGuard, type ScimRequest } from './scim.guard.ts';
import { DirectoryGroups } from './group.service.ts';

@Controller(`${SCIM_PATH}/Groups`)
@UseGuards(ScimGuard)
@UseFilters(ScimErrorFilter)
export class ScimGroupController {
  constructor(private readonly groups: DirectoryGroups) {}

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
    const group = await this.groups.get(request.directory, id);
    const known = request.headers['if-none-match'];
    if (known !== undefined && isNamed(known, group.meta.version)) sendScim(response, 304, null);
    else sendResource(response, 200, group, shown(group, wanted));
  }

  @Post()
  async create(@Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const group = await this.groups.create(request.directory, bodyOf(request, ScimGroupBody));
    sendResource(response, 201, group, shown(group, wanted));
  }

  @Put(':id')
  async replace(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const body = bodyOf(request, ScimGroupBody);
    const group = await this.groups.replace(request.directory, id, body, request.headers['if-match']);
    sendResource(response, 200, group, shown(group, wanted));
  }

  @Patch(':id')
  async patch(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    const wanted = wantedOf(request.query);
    const { Operations } = bodyOf(request, ScimPatchBody);
    const group = await this.groups.patch(request.directory, id, Operations, request.headers['if-match']);
    sendResource(response, 200, group, shown(group, wanted));
  }

  @Delete(':id')
  async remove(@Param('id') id: string, @Req() request: ScimRequest, @Res() response: Response) {
    await this.groups.remove(request.directory, id, request.headers['if-match']);
    sendScim(response, 204, null);
  }

  async #list(request: ScimRequest, response: Response, { page, filter, wanted }: ListQuery) {
    const withMembers = isWanted(wanted, 'members');
    const list = await this.groups.list(request.directory, { ...page, filter, withMembers });
    sendScim(response, 200, { ...list, Resources: list.Resources.map((one) => shown(one, wanted)) });
  }
}
