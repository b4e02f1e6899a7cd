import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Endpoint } from '@loopstart/contracts';
import { allows } from '@loopstart/domain';
import { Reflector } from '@nestjs/core';
import { SessionService } from '../session/session.service.ts';
import { ENDPOINT, type LoopstartRequest } from './implements.ts';
import { notAllowed } from './not-allowed.ts';
import { ProblemError } from './problem-error.ts';

/** Header the console sends with each change: a page of another origin can set it only if CORS permits it. */
const CSRF_HEADER = 'x-loopstart-csrf';

/** Lets a request through to an endpoint of the contract when its session has the permission. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const endpoint = this.reflector.get<Endpoint | undefined>(ENDPOINT, context.getHandler());
    if (endpoint === undefined || endpoint.permission === 'public') return true;
    const request = context.switchToHttp().getRequest<LoopstartRequest>();
    const caller = await this.sessions.callerOf(request.headers.cookie);
    if (caller === null) throw new ProblemError('not-signed-in');
    if (endpoint.method !== 'GET' && request.headers[CSRF_HEADER] !== '1')
      throw new ProblemError('csrf-refused', { detail: `Send the header ${CSRF_HEADER}: 1.` });
    if (!allows(caller.rights, endpoint.permission)) throw notAllowed(endpoint.permission, caller.rights);
    request.caller = caller;
    return true;
  }
}
