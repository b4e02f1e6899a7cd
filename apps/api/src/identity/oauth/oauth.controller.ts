import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { PERMISSIONS } from '@loopstart/domain';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../../core/config.ts';
import { ClientAddress } from '../../core/http/client-address.service.ts';
import { admit } from '../../core/rate/rate-headers.ts';
import { RateLimits } from '../../core/rate/rate-limits.ts';
import { OauthService } from './oauth.service.ts';

const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/iu;

/** OAuth 2.0 for programs: the token endpoint, and the documents by which libraries find it. */
@Controller()
export class OauthController {
  readonly #issuer: string;

  constructor(
    private readonly oauth: OauthService,
    private readonly limits: RateLimits,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) config: Config,
  ) {
    this.#issuer = config.PUBLIC_URL.replace(/\/+$/, '');
  }

  @Post('oauth/token')
  @HttpCode(200)
  async token(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    // RFC 6749, section 5.1.
    response.setHeader('cache-control', 'no-store').setHeader('pragma', 'no-cache');
    const address = this.addresses.of(request);
    admit(response, this.limits.ofAddress(address));
    const isForm = FORM.test(request.headers['content-type'] ?? '');
    const answer = isForm
      ? await this.oauth.issue({
          authorization: request.headers.authorization,
          parameters: (request.body ?? {}) as Record<string, string | string[]>,
          address,
        })
      : { error: 'invalid_request', description: 'The body must be application/x-www-form-urlencoded.' };
    if (!('error' in answer)) return answer;
    if (answer.error === 'invalid_client') {
      // Where the client tried HTTP authentication, the answer names the scheme (RFC 6749, section 5.2).
      response.status(401).setHeader('www-authenticate', 'Basic realm="Loopstart", charset="UTF-8"');
    } else response.status(400);
    return { error: answer.error, error_description: answer.description };
  }

  /** RFC 8414. There is no authorization endpoint, hence no response type. */
  @Get('.well-known/oauth-authorization-server')
  server() {
    return {
      issuer: this.#issuer,
      token_endpoint: `${this.#issuer}/oauth/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: Object.keys(PERMISSIONS),
      service_documentation: `${this.#issuer}/docs`,
    };
  }

  /** RFC 9728: what a client of the API and of the MCP endpoint needs to know to get a token. */
  @Get(['.well-known/oauth-protected-resource', '.well-known/oauth-protected-resource/mcp'])
  resource(@Req() request: Request) {
    const path = request.path.endsWith('/mcp') ? '/mcp' : '';
    return {
      resource: this.#issuer + path,
      authorization_servers: [this.#issuer],
      bearer_methods_supported: ['header'],
      scopes_supported: Object.keys(PERMISSIONS),
      resource_documentation: `${this.#issuer}/docs`,
    };
  }
}
