import { ApiError, kindOfToken, Problem } from '@loopstart/contracts';

/** An API token, or an OAuth client, which trades its secret for access tokens of an hour at most. */
export type Credentials = { token: string } | { clientId: string; clientSecret: string };

/** An access token is renewed this long before it ends. */
const EARLY_MS = 60_000;

interface Sources {
  base: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  now: () => number;
}

/** Gives the bearer token of each request. Throws TypeError at once for a token that has a typo. */
export class BearerTokens {
  readonly #credentials: Credentials;
  readonly #sources: Sources;
  #access: { token: Promise<string>; endsAt: number } | null = null;

  constructor(credentials: Credentials, sources: Sources) {
    if ('token' in credentials && kindOfToken(credentials.token) === null)
      throw new TypeError('This is no token of Loopstart: its checksum is wrong, so it has a typo or is cut off.');
    this.#credentials = credentials;
    this.#sources = sources;
  }

  /** Whether another token can be had where this one is refused. */
  get renewable(): boolean {
    return !('token' in this.#credentials);
  }

  async current(): Promise<string> {
    if ('token' in this.#credentials) return this.#credentials.token;
    if (this.#access === null || this.#access.endsAt <= this.#sources.now()) this.#fetchLater(this.#credentials);
    return this.#access!.token;
  }

  /** The access token was refused: the next request fetches another. */
  forget(): void {
    this.#access = null;
  }

  /** One request for all calls that wait for it; a failure is forgotten. */
  #fetchLater(client: { clientId: string; clientSecret: string }): void {
    const access = { token: Promise.resolve(''), endsAt: Number.POSITIVE_INFINITY };
    this.#access = access;
    access.token = this.#fetch(client, access);
    access.token.catch(() => {
      if (this.#access === access) this.#access = null;
    });
  }

  async #fetch(client: { clientId: string; clientSecret: string }, access: { endsAt: number }): Promise<string> {
    const response = await this.#sources.fetch(`${this.#sources.base}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      credentials: 'omit',
      redirect: 'error',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: client.clientId,
        client_secret: client.clientSecret,
      }).toString(),
    });
    const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null;
    if (!response.ok || typeof answer?.access_token !== 'string') throw refusal(response, answer);
    const lifeMs = Number(answer.expires_in ?? 0) * 1000;
    access.endsAt = this.#sources.now() + Math.max(0, lifeMs - EARLY_MS);
    return answer.access_token;
  }
}

/** An error of OAuth (RFC 6749, section 5.2), or a problem, as the error that all calls throw. */
function refusal(response: Response, answer: Record<string, unknown> | null): ApiError {
  const problem = Problem.safeParse(answer);
  const retryAfterS = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(
    problem.success
      ? problem.data
      : {
          type: 'about:blank',
          title: 'The client got no access token.',
          status: response.status,
          code: response.status === 401 ? 'invalid-token' : response.status < 500 ? 'invalid-input' : 'internal',
          detail: String(answer?.error_description ?? answer?.error ?? `The service answered ${response.status}.`),
          requestId: response.headers.get('x-request-id') ?? '',
        },
    Number.isFinite(retryAfterS) ? retryAfterS : null,
  );
}
