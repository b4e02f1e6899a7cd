import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Endpoint } from '../http/endpoint.ts';
import { endpoints } from '../http/endpoints.ts';
import { openApiDocument } from '../openapi.ts';

interface Content {
  'application/json'?: { example?: unknown; schema: unknown };
}
interface Operation {
  operationId: string;
  tags: unknown[];
  summary: string;
  description?: string;
  security: object[];
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Content };
  responses: Record<string, { $ref?: string; headers?: object; content?: Content }>;
}
const document = openApiDocument() as unknown as {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<'schemas' | 'responses' | 'headers' | 'securitySchemes', Record<string, unknown>>;
};
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
const table: Record<string, Endpoint> = endpoints;
const named = operations.map((operation) => [operation.operationId, operation] as const);

describe('each operation', () => {
  test.for(named)('%s has a tag of the document and says what it needs', ([, operation]) => {
    expect(document.tags.map(({ name }) => name)).toContain(operation.tags[0]);
    expect(operation.description).toMatch(/^Needs /);
    expect(operation.summary).not.toBe('');
  });

  test.for(named)('%s answers with rate limits and problems', ([, { responses }]) => {
    const [success] = Object.entries(responses).find(([status]) => status.startsWith('2'))!;
    expect(Object.keys(responses[success]!.headers ?? {})).toEqual(['RateLimit-Policy', 'RateLimit']);
    for (const status of [400, 401, 403, 404, 409, 429, 500])
      expect(responses[status]).toEqual({ $ref: `#/components/responses/Problem${status}` });
  });

  const bodies = named.filter(([id, { requestBody }]) => id !== 'live' && requestBody !== undefined);
  test.for(bodies)('%s has an example of its request that its own schema accepts', ([id, { requestBody }]) => {
    const { example } = requestBody!.content['application/json']!;
    expect(parsed(table[id]!.body, example)).toBeUndefined();
  });

  const answers = named.filter(([id]) => id !== 'live' && table[id]!.status !== 204 && table[id]!.media === undefined);
  test.for(answers)('%s has an example of its answer that its own schema accepts', ([id, { responses }]) => {
    const { example } = responses[table[id]!.status]!.content!['application/json']!;
    expect(parsed(table[id]!.response, example)).toBeUndefined();
  });

  test('is for sessions, tokens and OAuth clients where a program may do it, else for people', () => {
    const security = (id: string) => named.find(([name]) => name === id)![1].security;
    expect(security('listGateways')).toEqual([{ session: [] }, { token: [] }, { client: [] }]);
    expect(security('createToken')).toEqual([{ session: [] }]);
    expect(security('live')).toEqual([{ session: [] }]);
    expect(security('getSession')).toEqual([{ session: [] }]);
    expect(security('signIn')).toEqual([]);
  });
});

test('tags are described, and each is used', () => {
  const used = new Set(operations.map(({ tags }) => tags[0]));
  expect(document.tags.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  expect(document.tags.filter(({ description }) => description === '')).toEqual([]);
});

/** What a schema finds wrong with an example; undefined: nothing. */
function parsed(schema: z.ZodType, example: unknown): unknown {
  const { error } = schema.safeParse(example);
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
