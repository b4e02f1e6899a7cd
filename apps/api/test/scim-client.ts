import { randomBytes } from 'node:crypto';
import { endpoints } from '@loopstart/contracts';
import { TOKEN_RANDOM_BYTES, tokenFrom } from '@loopstart/domain';
import { expect } from 'vitest';
import { proveAgain, type TestApp, type TestOperator } from './app.ts';

const MEDIA = 'application/scim+json; charset=utf-8';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A body as far as these specs name its parts; what they expect of the rest, they say where they look at it. */
export interface ScimBody {
  schemas: string[];
  id: string;
  userName: string;
  displayName: string;
  active: boolean;
  scimType?: string;
  name: string;
  schema: string;
  endpoint: string;
  attributes: { name: string }[];
  members: { value: string }[];
  groups: unknown[];
  meta: { location: string; version: string };
  Resources: ScimBody[];
}

export interface ScimAnswer {
  status: number;
  headers: Headers;
  body: ScimBody;
}

/** A client of SCIM that believes nothing: media type, form of errors, versions and locations are checked at each answer. */
export class ScimClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = `${url}/scim/v2`;
    this.#token = token;
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ScimAnswer> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: 'application/scim+json',
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (text === '') return { status: response.status, headers: response.headers, body: {} as ScimBody };
    expect(response.headers.get('content-type')).toBe(MEDIA);
    const answer = JSON.parse(text) as ScimBody;
    // RFC 7644, section 3.12.
    if (response.status >= 400)
      expect(answer).toMatchObject({ schemas: [ERROR], status: String(response.status), detail: expect.any(String) });
    else if (answer.meta?.version !== undefined) expect(response.headers.get('etag')).toBe(answer.meta.version);
    if (response.status === 201) expect(response.headers.get('location')).toBe(answer.meta.location);
    return { status: response.status, headers: response.headers, body: answer };
  }

  get = (path: string, headers?: Record<string, string>) => this.send('GET', path, undefined, headers);
  post = (path: string, body: unknown) => this.send('POST', path, body);
  put = (path: string, body: unknown, headers?: Record<string, string>) => this.send('PUT', path, body, headers);
  remove = (path: string, headers?: Record<string, string>) => this.send('DELETE', path, undefined, headers);
  patch = (path: string, operations: unknown, headers?: Record<string, string>) =>
    this.send('PATCH', path, { schemas: [PATCH], Operations: operations }, headers);

  /** The resource of a user name, as directories look for it. */
  async find(userName: string): Promise<ScimBody | undefined> {
    const { body } = await this.get(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
    return body.Resources[0];
  }
}

/** A token for the directory of a connection. */
export async function scimToken(
  by: Pick<TestOperator, 'admin'>,
  connectionId: string,
  more: { addresses?: string[]; expiresInDays?: number } = {},
) {
  await proveAgain(by.admin);
  return by.admin(endpoints.createProvisioningToken, {
    params: { connectionId },
    body: { name: 'Directory', ...more },
  });
}

export async function scimClient(api: TestApp, by: TestOperator, connectionId: string): Promise<ScimClient> {
  return new ScimClient(api.url, (await scimToken(by, connectionId)).secret);
}

/** A token that has the right form, and that nobody made. */
export const strangeToken = (): string => tokenFrom('provisioning', randomBytes(TOKEN_RANDOM_BYTES));

/**
 * What Entra ID creates: "Tutorial: Develop a SCIM endpoint", learn.microsoft.com/entra/identity/app-provisioning, and the requests
 * that its administrators quote. Attributes that Loopstart does not keep come along.
 */
export const entraUser = (email: string, more: object = {}) => ({
  schemas: [USER, ENTERPRISE],
  externalId: `ext-${email}`,
  userName: email,
  active: true,
  displayName: `Pat ${email}`,
  emails: [{ primary: true, type: 'work', value: email }],
  meta: { resourceType: 'User' },
  name: { formatted: 'Pat Moor', familyName: 'Moor', givenName: 'Pat' },
  roles: [],
  title: 'Engineer',
  [ENTERPRISE]: { department: 'Voice', employeeNumber: '7' },
  ...more,
});

/** What Okta creates: "Okta and SCIM Version 2.0", developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20. */
export const oktaUser = (email: string, more: object = {}) => ({
  schemas: [USER],
  userName: email,
  name: { givenName: 'Pat', familyName: 'Moor' },
  emails: [{ primary: true, value: email, type: 'work' }],
  displayName: 'Pat Moor',
  locale: 'en-US',
  externalId: `00u${email.length}${email}`,
  groups: [],
  password: '1mz050nq',
  active: true,
  ...more,
});

/** What both create of a group. */
export const groupBody = (displayName: string, members: readonly string[] = [], more: object = {}) => ({
  schemas: [GROUP],
  displayName,
  members: members.map((value) => ({ value })),
  ...more,
});
