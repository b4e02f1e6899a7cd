import {
  type Access,
  isForTokens,
  isProviderRight,
  PERMISSIONS,
  ROLE_TABLE,
  type RoleTable,
  rolesWith,
} from '@loopstart/domain';
import { z } from 'zod';
import type { Endpoint } from './http/endpoint.ts';
import { endpoints } from './http/endpoints.ts';
import { LIVE_PATH, LIVE_PERMISSION, LiveEvent } from './http/live.ts';
import { ERROR_CODES, Problem } from './http/problem.ts';
import { Id } from './http/fields.ts';
import { exampleOf } from './openapi/examples.ts';
import { tagOf, tagsOf } from './openapi/tags.ts';
import { VERSION } from './version.ts';
import { WEBHOOK_MESSAGES } from './webhooks.ts';

type Json = Record<string, unknown>;

/** Errors that every operation may answer with, by status. */
const COMMON_ERRORS = [400, 401, 403, 404, 409, 429, 500];
/** What a guarded operation accepts: a session, an API token, or an access token of an OAuth client. */
const SECURITY = [{ session: [] }, { token: [] }, { client: [] }];
const PEOPLE_ONLY = [{ session: [] }];

/**
 * The OpenAPI 3.1 document of the REST API, generated from the endpoint table. Schemas with `.meta({ id })` become
 * named components; OpenAPI 3.1 uses JSON Schema 2020-12, so Zod's own output needs no conversion.
 */
export function openApiDocument(roles: RoleTable = ROLE_TABLE): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const endpoint of Object.values(endpoints) as Endpoint[]) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operation(endpoint, components, roles);
  }
  paths[LIVE_PATH] = {
    get: {
      operationId: 'live',
      summary: 'Stream changes as server-sent events, each a LiveEvent',
      tags: [tagOf(LIVE_PATH)],
      ...accessOf({ permission: LIVE_PERMISSION }, roles),
      // A stream is held for a browser; programs get webhooks.
      security: PEOPLE_ONLY,
      parameters: [
        {
          name: 'user',
          in: 'query',
          required: false,
          description: 'Answer 401 unless the user with this id is signed in',
          schema: schemaOf(Id, 'input', components),
        },
      ],
      responses: {
        200: {
          description: 'A stream that stays open',
          headers: RATE_HEADERS,
          content: { 'text/event-stream': { schema: schemaOf(LiveEvent, 'output', components) } },
        },
        ...errorReferences(),
      },
    },
  };
  const responses = errorResponses(components);
  addExamples(paths, components);
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Loopstart',
      version: VERSION,
      description:
        'Fleet manager for analogue voice gateways. Times are UTC; null means unknown, with a reason where there is one. Programs show an API token, or an access token of OAuth 2.0 client credentials, as a bearer token; requests are limited, and each answer says how many are left. A typed client is in packages/client, an MCP endpoint over everything that reads at /mcp.',
    },
    servers: [{ url: '/', description: 'The origin of the installation' }],
    tags: tagsOf([...Object.values(endpoints).map(({ path }) => path), LIVE_PATH]),
    paths: Object.fromEntries(
      sorted(paths).map(([path, operations]) => [path, Object.fromEntries(sorted(operations))]),
    ),
    webhooks: webhooks(components),
    components: {
      schemas: Object.fromEntries(sorted(components)),
      responses,
      headers: HEADERS,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'loopstart_session',
          description:
            'Set by POST /api/v1/session; over https its name is __Host-loopstart_session. Changes also need the header x-loopstart-csrf: 1.',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'lst_ and 38 letters and digits',
          description: 'An API token, made under Settings, Tokens. Never beside a session, never in a URL.',
        },
        client: {
          type: 'oauth2',
          description: 'Client credentials (RFC 6749, section 4.4); scopes are the names of permissions.',
          flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: PERMISSIONS } },
        },
      },
    },
  };
}

/** Sorts entries by name, so that the document does not depend on the order of the code. */
function sorted<T>(record: Record<string, T>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What a caller of an operation must have: the permission, with the roles that have it. */
function accessOf(
  { permission: access, stepUp }: { permission: Access; stepUp?: true | undefined },
  roles: RoleTable,
): Json {
  if (access === 'public') return { security: [], description: 'Needs neither a session nor a token.' };
  if (access === 'signed-in') return { security: PEOPLE_ONLY, description: 'Needs a session of any role.' };
  if (isProviderRight(access))
    return {
      security: PEOPLE_ONLY,
      description: `Needs the right ${access} of who runs the installation, which no role of an operator has.`,
      'x-permission': access,
      'x-roles': [],
    };
  const withIt = rolesWith(access, roles);
  const titles = withIt.map((role) => roles[role]?.title).join(', ');
  const needs = `Needs the permission ${access}. Roles: ${titles}.`;
  const forPeople = stepUp === true || !isForTokens(access);
  const proof = stepUp === true ? ' The person must have proved who they are a short while ago.' : '';
  return {
    description: forPeople ? `${needs} For people alone.${proof}` : needs,
    security: forPeople ? PEOPLE_ONLY : SECURITY,
    'x-permission': access,
    'x-roles': withIt,
  };
}

function operation(endpoint: Endpoint, components: Json, roles: RoleTable): Json {
  const result: Json = {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [tagOf(endpoint.path)],
    ...accessOf(endpoint, roles),
  };
  const parameters = [
    ...parametersOf(endpoint.params, 'path', components),
    ...parametersOf(endpoint.query, 'query', components),
  ];
  if (parameters.length > 0) result.parameters = parameters;
  const body = schemaOf(endpoint.body, 'input', components);
  if (Object.keys((body.properties ?? {}) as Json).length > 0 || '$ref' in body) {
    result.requestBody = { required: true, content: { 'application/json': { schema: body } } };
  }
  const success =
    endpoint.status === 204
      ? { description: 'Done', headers: RATE_HEADERS }
      : {
          description: endpoint.status === 201 ? 'Created' : endpoint.status === 202 ? 'Accepted' : 'Done',
          headers: RATE_HEADERS,
          content: {
            [endpoint.media ?? 'application/json']: { schema: schemaOf(endpoint.response, 'output', components) },
          },
        };
  result.responses = { [endpoint.status]: success, ...errorReferences() };
  return result;
}

/**
 * The messages that Loopstart sends, as OpenAPI 3.1 webhooks: the same schemas check each message before it is sent.
 */
function webhooks(components: Json): Json {
  return Object.fromEntries(
    Object.entries(WEBHOOK_MESSAGES).map(([type, schema]) => [
      type,
      {
        post: {
          operationId: `webhook.${type}`,
          summary: `Message ${type}, signed by Standard Webhooks 1.0.0`,
          security: [],
          parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
            name,
            in: 'header',
            required: true,
            schema: { type: 'string' },
          })),
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(schema, 'output', components) } },
          },
          responses: {
            '2XX': { description: 'Accepted' },
            410: { description: 'Gone: the channel is disabled' },
            429: { description: 'Too many requests: sent again later, after Retry-After if given' },
          },
        },
      },
    ]),
  );
}

const HEADERS: Json = {
  RateLimitPolicy: {
    description:
      'The limit that applies (draft-ietf-httpapi-ratelimit-headers-10): q requests, refilled over w seconds',
    schema: { type: 'string' },
    example: '"token";q=600;w=60',
  },
  RateLimit: {
    description: 'Where the caller stands: r requests are left, all of them again in t seconds',
    schema: { type: 'string' },
    example: '"token";r=587;t=2',
  },
  RetryAfter: { description: 'Seconds until the request may be repeated', schema: { type: 'integer' }, example: 3 },
  WwwAuthenticate: {
    description: 'The scheme by which to come, with the error of RFC 6750 and the scope that is missing',
    schema: { type: 'string' },
  },
};
const headerReference = (name: string): Json => ({ $ref: `#/components/headers/${name}` });
const RATE_HEADERS: Json = {
  'RateLimit-Policy': headerReference('RateLimitPolicy'),
  RateLimit: headerReference('RateLimit'),
};

const errorReferences = (): Json =>
  Object.fromEntries(COMMON_ERRORS.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]));

/** Problems by status, once for all operations. */
function errorResponses(components: Json): Json {
  const schema = schemaOf(Problem, 'output', components);
  return Object.fromEntries(
    COMMON_ERRORS.map((status) => {
      const errors = Object.entries(ERROR_CODES).filter(([, error]) => error.status === status);
      const [code, first] = errors[0]!;
      return [
        `Problem${status}`,
        {
          description: errors.map(([name, { title }]) => `\`${name}\`: ${title}`).join(' '),
          headers: {
            ...RATE_HEADERS,
            ...(status === 429 ? { 'Retry-After': headerReference('RetryAfter') } : {}),
            ...(status === 401 ? { 'WWW-Authenticate': headerReference('WwwAuthenticate') } : {}),
          },
          content: {
            'application/problem+json': {
              schema,
              example: { type: `/docs/errors/${code}`, title: first.title, status, code, requestId: 'c0ffee00-0001' },
            },
          },
        },
      ];
    }),
  );
}

/** An example of each request and answer, made from its schema. */
function addExamples(paths: Record<string, Json>, components: Json): void {
  for (const one of Object.values(paths).flatMap((methods) => Object.values(methods)) as Json[]) {
    const contents = [
      (one.requestBody as Json | undefined)?.content,
      ...Object.values(one.responses as Json).map((response) => (response as Json).content),
    ] as (Record<string, Json> | undefined)[];
    for (const content of contents)
      if (content?.['application/json'] !== undefined)
        content['application/json'].example = exampleOf(content['application/json'].schema as Json, components);
  }
}

function parametersOf(schema: z.ZodType, where: 'path' | 'query', components: Json): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input', components) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
}

/** A schema as JSON Schema; a schema with an id becomes a component and a reference to it. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const {
    $schema: _dialect,
    $defs = {},
    ...root
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Json };
  for (const [name, definition] of Object.entries($defs)) components[name] = relocate(definition);
  const id = (root as { id?: string }).id;
  if (id !== undefined) {
    components[id] = relocate(root);
    return { $ref: `#/components/schemas/${id}` };
  }
  return relocate(root) as Json;
}

/** Points references at the components and drops the ids, which serve as names only. */
function relocate(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relocate);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node as Json)
      .filter(([key, value]) => !(key === 'id' && typeof value === 'string'))
      .map(([key, value]) => [
        key,
        key === '$ref' && typeof value === 'string'
          ? value.replace('#/$defs/', '#/components/schemas/')
          : relocate(value),
      ]),
  );
}
