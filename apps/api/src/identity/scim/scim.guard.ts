import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { SCIM_PATH } from '@loopstart/contracts';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { admit } from '../../core/rate/rate-headers.ts';
import { RateLimits } from '../../core/rate/rate-limits.ts';
import { bearerOf } from '../../core/token/credential.ts';
import { TokenAuth } from '../../core/token/token-auth.ts';
import { ConnectionRepository } from '../sso/index.ts';
import { readBody } from './body.ts';
import type { Directory } from './directory.ts';
import { ScimError } from './scim-error.ts';

/** A request of SCIM with who asks. */
export type ScimRequest = Request & { directory: Directory };

/** Lets tokens of provisioning in, and nobody else; then reads the body. */
@Injectable()
export class ScimGuard implements CanActivate {
  constructor(
    private readonly db: Database,
    private readonly tokens: TokenAuth,
    private readonly connections: ConnectionRepository,
    private readonly limits: RateLimits,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<ScimRequest>(), http.getResponse<Response>()];
    request.directory = await this.#directory(request, response);
    await readBody(request, response);
    return true;
  }

  async #directory(request: Request, response: Response): Promise<Directory> {
    const address = this.addresses.of(request);
    const bearer = bearerOf(request, false);
    if (bearer === null) {
      admit(response, this.limits.ofAddress(address));
      throw unauthorized(response, 'Send a token of provisioning as Authorization: Bearer.');
    }
    try {
      const caller = await this.tokens.provisionerOf(bearer, address);
      admit(response, await this.limits.ofCaller('token', caller.tokenId));
      const connection = await this.db.tx(caller.scope, (sql) => this.connections.ofToken(sql, caller.tokenId));
      if (connection === null) throw unauthorized(response, 'The connection of this token was removed.');
      if (!connection.active) throw new ScimError(403, 'The connection of this token is switched off.');
      const base = `${this.config.PUBLIC_URL.replace(/\/+$/, '')}${SCIM_PATH}`;
      return { connection, by: { caller, requestId: requestIdOf(request) }, base };
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'invalid-token') throw error;
      admit(response, this.limits.ofAddress(address));
      throw unauthorized(response, error.message);
    }
  }
}

function unauthorized(response: Response, detail: string): ScimError {
  response.setHeader('www-authenticate', 'Bearer realm="Loopstart"');
  return new ScimError(401, detail);
}
