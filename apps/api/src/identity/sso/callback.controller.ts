import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../../core/config.ts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { admit } from '../../core/rate/rate-headers.ts';
import { RateLimits } from '../../core/rate/rate-limits.ts';
import { isUuid } from '../../core/uuid.ts';
import { Callback } from './callback.service.ts';

/** Where a provider sends a browser back to: a page of the console is the answer, never a document of ours. */
@Controller()
export class CallbackController {
  constructor(
    private readonly callback: Callback,
    private readonly limits: RateLimits,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('api/v1/single-sign-on/callback/:connectionId')
  async arrive(@Param('connectionId') connectionId: string, @Req() request: Request, @Res() response: Response) {
    const address = this.addresses.of(request);
    admit(response, this.limits.ofAddress(address));
    const { path, cookies } = isUuid(connectionId)
      ? await this.callback.arrive(connectionId, searchOf(request.url), {
          address,
          userAgent: request.headers['user-agent'] ?? null,
          cookieHeader: request.headers.cookie,
          requestId: requestIdOf(request),
        })
      : { path: '/sign-in?sso=login-unknown', cookies: [] };
    if (cookies.length > 0) response.setHeader('set-cookie', cookies);
    response.redirect(303, this.config.PUBLIC_URL.replace(/\/+$/, '') + path);
  }
}

/** The query of a request, as it was sent. */
const searchOf = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');
