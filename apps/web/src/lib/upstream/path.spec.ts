import { describe, expect, test } from 'vitest';
import { upstreamPath } from './path.ts';

describe('the path asked of the API', () => {
  test.for([
    [['v1', 'session'], '/api/v1/session', '/api/v1/session'],
    [['v1', 'ports'], '/api/v1/ports?q=a%26b&limit=5', '/api/v1/ports?q=a%26b&limit=5'],
    [['v1', 'a/b', 'ä'], '/api/v1/a%2Fb/%C3%A4', '/api/v1/a%2Fb/%C3%A4'],
    [['_', 'install.sh'], '/install.sh', '/install.sh'],
    [['_', 'oauth', 'token'], '/oauth/token', '/oauth/token'],
    [['_', 'mcp'], '/mcp', '/mcp'],
    [['_', 'scim', 'v2', 'Users', '.search'], '/scim/v2/Users/.search', '/scim/v2/Users/.search'],
    [['_', '.well-known', 'oauth-protected-resource', 'mcp'], '/x', '/.well-known/oauth-protected-resource/mcp'],
    [['_', 'agent', 'loopstart-agent.mjs'], '/agent/loopstart-agent.mjs?x=1', '/agent/loopstart-agent.mjs?x=1'],
  ] as const)('%j asked as %s is %s', ([parts, url, path]) => {
    expect(upstreamPath([...parts], url)).toBe(path);
  });

  test('no part climbs out', () => {
    expect(upstreamPath(['v1', '..', '..', 'secret'], '/api/v1')).toBe('/api/v1/secret');
    expect(upstreamPath(['_', '..', '.', 'agent', 'x'], '/agent/x')).toBe('/agent/x');
  });

  test.for([
    ['metrics'],
    ['..', 'metrics'],
    ['healthz'],
    ['readyz'],
    ['agent'],
    ['oauth', 'authorize'],
    ['scim', 'v2'],
    ['scim', 'v1', 'Users'],
    ['.well-known', 'security.txt'],
    ['api', 'v1', 'session'],
    ['docs'],
    [],
  ])('what machines ask is not handed on: %j', (parts) => {
    expect(upstreamPath(['_', ...parts], '/api/_/x')).toBeNull();
  });
});
