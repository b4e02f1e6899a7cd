import { isProviderRight, roleAllows } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { buildPath, createClient, ApiError } from './client.ts';
import { endpoints } from './endpoints.ts';

const all = Object.entries(endpoints);

describe('the endpoint table', () => {
  test.for(all)('%s is named after its key and its path names its parameters', ([key, endpoint]) => {
    expect(endpoint.id).toBe(key);
    const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]).sort();
    expect(Object.keys(endpoint.params.shape).sort()).toEqual(inPath);
    expect(endpoint.path).toMatch(/^\/api\/v1\//);
  });

  test('no two endpoints share a method and path', () => {
    const routes = all.map(([, endpoint]) => `${endpoint.method} ${endpoint.path.replace(/:\w+/g, ':')}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  test.for(all.filter(([, endpoint]) => endpoint.method === 'GET'))(
    '%s, a read, is permitted to read-only people unless it is restricted',
    ([key, endpoint]) => {
      // Discovery targets contain the SNMP access of gateways: only roles that may change them see them. The audit trail
      // says what colleagues did, and from where, tokens which programs reach the fleet, connections who may come, and tags
      // who is limited to a place.
      const restricted =
        key === 'getAgentTargets' ||
        isProviderRight(endpoint.permission) ||
        endpoint.permission.startsWith('operator.') ||
        [
          'audit.read',
          'sign-in-policy.read',
          'tokens.read',
          'members.read',
          'sites.tag',
          'members.invite',
          'single-sign-on.read',
        ].includes(endpoint.permission);
      expect(roleAllows('read-only', endpoint.permission)).toBe(!restricted);
    },
  );
});

describe('the client', () => {
  test('fills parameters, encodes them, and omits absent ones', () => {
    expect(buildPath('/a/:id/b', { id: 'x/y' }, { q: 'ä b', none: undefined, empty: '' })).toBe(
      '/a/x%2Fy/b?q=%C3%A4+b',
    );
  });

  test('a problem becomes an ApiError with its code', async () => {
    const problem = {
      type: 'about:blank',
      title: 'There is nothing here, or it belongs to another operator.',
      status: 404,
      code: 'not-found',
      requestId: 'r1',
    };
    const call = createClient({ base: '', fetch: async () => new Response(JSON.stringify(problem), { status: 404 }) });
    const error = await call(endpoints.getSession).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).problem.code).toBe('not-found');
  });

  test('an answer that is no problem document is still an ApiError, with the request id', async () => {
    const call = createClient({
      base: '',
      fetch: async () => new Response('<html>', { status: 502, headers: { 'x-request-id': 'r2' } }),
    });
    const error = (await call(endpoints.getSession).catch((caught: unknown) => caught)) as ApiError;
    expect(error.problem).toMatchObject({ status: 502, code: 'internal', requestId: 'r2' });
  });

  test('a truncated answer is an error, not an empty answer', async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new DOMException('gone', 'AbortError')),
    });
    const call = createClient({ base: '', fetch: async () => new Response(broken, { status: 200 }) });
    await expect(call(endpoints.getSession)).rejects.toThrow('gone');
  });
});
