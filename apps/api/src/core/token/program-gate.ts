import { Inject, Injectable } from '@nestjs/common';
import { type Access, allows } from '@loopstart/domain';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../config.ts';
import { ClientAddress } from '../http/client-address.service.ts';
import type { Program } from '../http/implements.ts';
import { notAllowed } from '../http/not-allowed.ts';
import { ProblemError } from '../http/problem-error.ts';
import { admit } from '../rate/rate-headers.ts';
import { RateLimits } from '../rate/rate-limits.ts';
import { SessionService } from '../session/session.service.ts';
import { bearerOf, challenge } from './credential.ts';
import { TokenAuth } from './token-auth.ts';

/** Lets programs in by their tokens: the same for the endpoints of the contract, the live stream and MCP. */
@Injectable()
export class ProgramGate {
  constructor(
    private readonly tokens: TokenAuth,
    private readonly sessions: SessionService,
    private readonly limits: RateLimits,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The bearer token of a request, or null. Throws as `bearerOf` does. */
  bearerOf(request: Request): string | null {
    return bearerOf(request, this.sessions.tokenHash(request.headers.cookie) !== null);
  }

  /** The program of a token, within its rate limit. Where it throws, the answer says by which scheme to come (RFC 6750). */
  async admit(token: string, request: Request, response: Response): Promise<Program> {
    const address = this.addresses.of(request);
    try {
      const program = await this.tokens.callerOf(token, address);
      admit(response, await this.limits.ofCaller('token', program.tokenId));
      return program;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'invalid-token') {
        const description = error.detail ?? error.message;
        response.setHeader(
          'www-authenticate',
          challenge(this.config.PUBLIC_URL, { code: 'invalid_token', description }),
        );
        admit(response, this.limits.ofAddress(address));
      }
      throw error;
    }
  }

  /** Throws `not-allowed` where the program lacks a right, and names the scope (RFC 6750, section 3.1). */
  demand(program: Program, access: Access, response: Response): void {
    if (allows(program.rights, access)) return;
    const refusal = notAllowed(access, program.rights);
    response.setHeader(
      'www-authenticate',
      challenge(this.config.PUBLIC_URL, { code: 'insufficient_scope', description: refusal.message, scope: access }),
    );
    throw refusal;
  }

  /** What to throw where a request shows nothing; counted at its address. */
  unknown(request: Request, response: Response): ProblemError {
    admit(response, this.limits.ofAddress(this.addresses.of(request)));
    response.setHeader('www-authenticate', challenge(this.config.PUBLIC_URL));
    return new ProblemError('not-signed-in');
  }
}
