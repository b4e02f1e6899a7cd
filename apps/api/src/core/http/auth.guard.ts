import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { type Endpoint, endpoints } from '@loopstart/contracts';
import { allows, isProviderRight, needsProof } from '@loopstart/domain';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { CLOCK, type Clock } from '../clock.ts';
import { admit } from '../rate/rate-headers.ts';
import { RateLimits } from '../rate/rate-limits.ts';
import { SessionService } from '../session/session.service.ts';
import { ProgramGate } from '../token/program-gate.ts';
import { ClientAddress } from './client-address.service.ts';
import { ENDPOINT, type LoopstartRequest } from './implements.ts';
import { notAllowed } from './not-allowed.ts';
import { ProblemError } from './problem-error.ts';

/** Header the console sends with each change: a page of another origin can set it only if CORS permits it. */
export const CSRF_HEADER = 'x-loopstart-csrf';

/** What somebody may do who has to add a second factor first: add one, prove who they are, and leave. */
export const BEFORE_ENROLLING: ReadonlySet<Endpoint> = new Set<Endpoint>([
  endpoints.getSession,
  endpoints.signOut,
  endpoints.proveAgain,
  endpoints.listOwnFactors,
  endpoints.beginTotp,
  endpoints.confirmTotp,
  endpoints.beginPasskey,
  endpoints.addPasskey,
  endpoints.beginPasskeyProof,
  endpoints.listOwnOperators,
  endpoints.switchOperator,
]);

/** Lets a request through to an endpoint of the contract when its session or token has the permission. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly programs: ProgramGate,
    private readonly limits: RateLimits,
    private readonly addresses: ClientAddress,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const endpoint = this.reflector.get<Endpoint | undefined>(ENDPOINT, context.getHandler());
    if (endpoint === undefined) return true;
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<LoopstartRequest>(), http.getResponse<Response>()];
    if (endpoint.permission === 'public') {
      admit(response, this.limits.ofAddress(this.addresses.of(request)));
      return true;
    }
    const token = this.programs.bearerOf(request);
    if (token === null) await this.#person(endpoint, request, response);
    else await this.#program(token, endpoint, request, response);
    return true;
  }

  async #person(endpoint: Endpoint, request: LoopstartRequest, response: Response): Promise<void> {
    const caller = await this.sessions.callerOf(request.headers.cookie);
    if (caller === null) throw this.programs.unknown(request, response);
    // Whoever is refused below is known.
    request.caller = caller;
    admit(response, await this.limits.ofCaller('session', caller.sessionId));
    if (endpoint.method !== 'GET' && request.headers[CSRF_HEADER] !== '1')
      throw new ProblemError('csrf-refused', { detail: `Send the header ${CSRF_HEADER}: 1.` });
    if (caller.unplaced && endpoint !== endpoints.getSession) throw new ProblemError('network-not-allowed');
    if (caller.mustEnrol && !BEFORE_ENROLLING.has(endpoint)) throw new ProblemError('factor-required');
    if (endpoint.stepUp === true && needsProof(caller.authenticatedAt, this.now()))
      throw new ProblemError('proof-needed');
    if (!allows(caller.rights, endpoint.permission)) throw notAllowed(endpoint.permission, caller.rights);
  }

  /** No browser adds a token by itself, so a program needs no header against requests of other origins. */
  async #program(token: string, endpoint: Endpoint, request: LoopstartRequest, response: Response): Promise<void> {
    const program = await this.programs.admit(token, request, response);
    request.caller = program;
    // A program has no session, and cannot prove again who it is.
    if (endpoint.permission === 'signed-in' || isProviderRight(endpoint.permission) || endpoint.stepUp === true)
      throw new ProblemError('people-only');
    this.programs.demand(program, endpoint.permission, response);
  }
}
