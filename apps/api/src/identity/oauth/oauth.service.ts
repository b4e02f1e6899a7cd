import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { grantedScope, type OauthRefusal, readTokenRequest, TOKEN_RANDOM_BYTES, tokenFrom } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { TokenAuth } from '../../core/token/token-auth.ts';
import { AccessTokenRepository } from './access-token.repository.ts';

/** How long an access token lives. */
const ACCESS_S = 3600;

export interface AccessToken {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope: string;
}

/** OAuth 2.0 client credentials (RFC 6749, section 4.4): a client trades its secret for a short-lived opaque token. */
@Injectable()
export class OauthService {
  constructor(
    private readonly tokens: TokenAuth,
    private readonly accessTokens: AccessTokenRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** An access token, or the error of RFC 6749, section 5.2. Throws `too-many-requests` where secrets are guessed. */
  async issue(request: {
    authorization: string | undefined;
    parameters: Readonly<Record<string, string | string[]>>;
    address: string;
  }): Promise<AccessToken | OauthRefusal> {
    const decodeBase64 = (text: string) => Buffer.from(text, 'base64').toString('utf8');
    const asked = readTokenRequest({ ...request, decodeBase64 });
    if ('error' in asked) return asked;
    const client = await this.#client(asked, request.address);
    if ('error' in client) return client;
    const permissions = grantedScope(asked.scope, client.rights.may);
    if (permissions === null)
      return { error: 'invalid_scope', description: 'The client lacks one of the scopes it asks for.' };
    const token = tokenFrom('access-token', randomBytes(TOKEN_RANDOM_BYTES));
    const now = this.now();
    await this.accessTokens.add(wholeOperator(client.operatorId), {
      hash: createHash('sha256').update(token).digest(),
      clientId: client.tokenId,
      permissions,
      now: new Date(now),
      expiresAt: new Date(now + ACCESS_S * 1000),
    });
    return { access_token: token, token_type: 'Bearer', expires_in: ACCESS_S, scope: permissions.join(' ') };
  }

  async #client({ clientId, clientSecret }: { clientId: string; clientSecret: string }, address: string) {
    try {
      return await this.tokens.clientOf(clientId, clientSecret, address);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.code === 'invalid-token')
        return { error: 'invalid_client' as const, description: error.detail ?? error.message };
      if (error.code === 'token-address') return { error: 'unauthorized_client' as const, description: error.message };
      throw error;
    }
  }
}
