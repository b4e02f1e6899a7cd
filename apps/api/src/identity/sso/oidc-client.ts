import { Inject, Injectable } from '@nestjs/common';
import { groupsOf } from '@loopstart/domain';
import * as oidc from 'openid-client';
import { CONFIG, type Config } from '../../core/config.ts';
import { makeGuardedHttp } from '../../core/egress/make-guarded-http.ts';
import { OidcError, oidcErrorOf } from './oidc-error.ts';
import { guardedFetch } from './guarded-fetch.ts';

/** How far the clocks of provider and API may differ. */
export const CLOCK_TOLERANCE_S = 30;

/** What is needed to talk to a provider. */
export interface ClientAccess {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What a browser proves a sign-in with; the browser's own secret makes all three. */
export interface LoginProof {
  state: string;
  nonce: string;
  verifier: string;
}

/** A person, as their provider describes them. */
export interface ProvidedPerson {
  issuer: string;
  subject: string;
  email: { address: string; verified: boolean } | null;
  name: string | null;
  /** Null: the provider named none, which is not the same as an empty list. */
  groups: string[] | null;
  /** It says that it asked for several factors (`mfa` in `amr`, RFC 8176). Silence is one. */
  severalFactors: boolean;
  /** When it last saw who they are (`auth_time`), in ms since the epoch; null: it does not say. */
  authenticatedAt: number | null;
}

/** OpenID Connect by openid-client, over guarded egress. All of it throws OidcError. */
@Injectable()
export class OidcClient {
  readonly #fetch: oidc.CustomFetch;
  readonly #http: ReturnType<typeof makeGuardedHttp>;

  constructor(@Inject(CONFIG) config: Config) {
    this.#http = makeGuardedHttp(config);
    this.#fetch = guardedFetch(this.#http);
  }

  /** Checks the form of an issuer when it is saved. Throws BlockedError. */
  check(issuer: string): void {
    this.#http.check(issuer);
  }

  /** Reads the discovery document (OpenID Connect Discovery 1.0, section 4), and checks that it is of this issuer. */
  async discover({ issuer, clientId, clientSecret }: ClientAccess): Promise<oidc.Configuration> {
    return attempt(async () => {
      // Plain http is for hosts that the installation allows: guarded egress refuses it to all others.
      const insecure = issuer.startsWith('http:');
      const found = await oidc.discovery(new URL(issuer), clientId, undefined, undefined, {
        [oidc.customFetch]: this.#fetch,
        execute: insecure ? [oidc.allowInsecureRequests] : [],
      });
      const server = found.serverMetadata();
      const methods = server.token_endpoint_auth_methods_supported;
      const authentication =
        methods === undefined || methods.includes('client_secret_basic')
          ? oidc.ClientSecretBasic(clientSecret)
          : oidc.ClientSecretPost(clientSecret);
      const metadata = { [oidc.clockTolerance]: CLOCK_TOLERANCE_S };
      const ready = new oidc.Configuration(server, clientId, metadata, authentication);
      ready[oidc.customFetch] = this.#fetch;
      if (insecure) oidc.allowInsecureRequests(ready);
      // The signature of the ID token is checked also where TLS has shown the server already.
      oidc.enableNonRepudiationChecks(ready);
      return ready;
    });
  }

  /**
   * Where the browser is sent: the code flow with PKCE, state and nonce. Who was seen longer ago than `maxAgeS` is to be asked
   * again (OpenID Connect Core 1.0, section 3.1.2.1).
   */
  async authorizationUrl(
    access: ClientAccess,
    redirectUri: string,
    { proof, maxAgeS }: { proof: LoginProof; maxAgeS: number },
  ): Promise<string> {
    const config = await this.discover(access);
    return attempt(async () => {
      const { scopes_supported: scopes = [] } = config.serverMetadata();
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: ['openid', 'email', 'profile', ...(scopes.includes('groups') ? ['groups'] : [])].join(' '),
        response_type: 'code',
        max_age: String(maxAgeS),
        state: proof.state,
        nonce: proof.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(proof.verifier),
        code_challenge_method: 'S256',
      });
      // A browser follows what stands here, so it must be a page.
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && access.issuer.startsWith('http:')))
        throw new OidcError('answer', 'The address for signing in that the provider names is not https.');
      return url.href;
    });
  }

  /** Trades the code of a callback for who the person is. */
  async personOf(
    access: ClientAccess,
    callback: URL,
    { proof, groupsClaim }: { proof: LoginProof; groupsClaim: string },
  ): Promise<ProvidedPerson> {
    const config = await this.discover(access);
    return attempt(async () => {
      const tokens = await oidc.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier: proof.verifier,
        expectedState: proof.state,
        expectedNonce: proof.nonce,
        idTokenExpected: true,
      });
      const token = tokens.claims()!;
      const lacks = token['email'] === undefined || token[groupsClaim] === undefined || token['name'] === undefined;
      // Many providers keep the ID token short. The library checks that the answer is about the same subject.
      const more =
        lacks && config.serverMetadata().userinfo_endpoint !== undefined
          ? await oidc.fetchUserInfo(config, tokens.access_token, token.sub)
          : {};
      return personFrom(token, { ...more, ...token }, groupsClaim);
    });
  }

  /**
   * Whether the provider takes client id and secret, as far as can be known without a person: it authenticates the client
   * before it looks at a code (RFC 6749, section 4.1.3), so that a code of nobody is refused as such. Throws otherwise.
   */
  async checkClient(config: oidc.Configuration, redirectUri: string): Promise<void> {
    try {
      await oidc.genericGrantRequest(config, 'authorization_code', {
        code: oidc.randomState(),
        redirect_uri: redirectUri,
        code_verifier: oidc.randomPKCECodeVerifier(),
      });
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') return;
      throw oidcErrorOf(error);
    }
    throw new OidcError('answer', 'The provider gave tokens for a code that it never made.');
  }

  /** How many keys the provider signs with. */
  async keys(config: oidc.Configuration): Promise<number> {
    return attempt(async () => {
      const { jwks_uri: address } = config.serverMetadata();
      if (address === undefined) throw new OidcError('answer', 'The discovery document names no keys (jwks_uri).');
      const answer = await this.#http.send({ method: 'GET', url: address, headers: { accept: 'application/json' } });
      if (answer.status !== 200) throw new OidcError('answer', `Its keys are answered with status ${answer.status}.`);
      const keys = keysIn(answer.body);
      if (keys === 0) throw new OidcError('answer', 'Its list of keys has none to sign with.');
      return keys;
    });
  }
}

function personFrom(
  token: { iss: string; sub: string },
  claims: Record<string, unknown>,
  groupsClaim: string,
): ProvidedPerson {
  const { email, name, amr, auth_time: authTimeS } = claims;
  return {
    issuer: token.iss,
    subject: token.sub,
    email:
      typeof email === 'string' && email !== ''
        ? { address: email.toLowerCase(), verified: claims['email_verified'] === true }
        : null,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 120) : null,
    groups: groupsOf(claims[groupsClaim]),
    severalFactors: Array.isArray(amr) && amr.includes('mfa'),
    authenticatedAt: typeof authTimeS === 'number' ? authTimeS * 1000 : null,
  };
}

function keysIn(body: string): number {
  try {
    const { keys } = JSON.parse(body) as { keys?: { use?: string; kty?: string }[] };
    return (keys ?? []).filter(({ use, kty }) => kty !== 'oct' && (use === undefined || use === 'sig')).length;
  } catch {
    throw new OidcError('answer', 'Its list of keys is not JSON.');
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw oidcErrorOf(error);
  }
}
