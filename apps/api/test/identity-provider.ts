import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A person of the test provider, with the claims that it makes. */
export interface ProviderPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: readonly string[];
}

export const CLIENT = { id: 'loopstart', secret: 'a secret of the client, long enough' };

/** An OpenID Connect provider on this machine, by oidc-provider. Whoever comes is `person`, without a form. */
export class IdentityProvider {
  person: ProviderPerson = { sub: 'nobody' };
  /** How it saw the person: by which methods (RFC 8176), and when, in seconds since the epoch; now where that is absent. */
  seen: { amr?: readonly string[]; ts?: number } = {};
  readonly issuer: string;
  readonly redirectUris: string[] = [];
  #server: Server;

  private constructor(server: Server, issuer: string) {
    this.#server = server;
    this.issuer = issuer;
  }

  /** Started once the callback addresses are known: `serve` takes them. */
  static async start(): Promise<IdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new IdentityProvider(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** Answers for a client with these callback addresses. */
  serve(redirectUris: readonly string[]): void {
    const people = new Map<string, ProviderPerson>();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [...redirectUris],
          grant_types: ['authorization_code'],
          response_types: ['code'],
          require_auth_time: true,
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' } as never] },
      cookies: { keys: ['a key of the cookies of the test provider'] },
      claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
      loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({
          clientId: context.oidc.client!.clientId,
          accountId: context.oidc.session!.accountId!,
        });
        grant.addOIDCScope('openid email profile groups');
        await grant.save();
        return grant;
      },
    });
    const answer = provider.callback();
    this.#server.removeAllListeners('request');
    this.#server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (request.url?.startsWith('/interaction/') !== true) return void answer(request, response);
      people.set(this.person.sub, { ...this.person });
      const login = { accountId: this.person.sub, ...this.seen, amr: [...(this.seen.amr ?? [])] };
      void provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
    });
  }

  /** Goes through the pages of the provider as a browser does; returns the address that it sends the browser back to. */
  async signIn(url: string): Promise<URL> {
    const jar = new Map<string, string>();
    for (let at = new URL(url), hops = 0; hops < 10; hops += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [name, value] = line.split(';')[0]!.split(/=(.*)/s);
        jar.set(name!, value!);
      }
      const location = response.headers.get('location');
      if (location === null) throw new Error(`the provider answers ${response.status}: ${await response.text()}`);
      at = new URL(location, at);
      if (at.origin !== this.issuer) return at;
    }
    throw new Error('the provider leads in a circle');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
