import { describe, expect, test } from 'vitest';
import { grantedScope, readTokenRequest, type TokenRequest } from './client-credentials.ts';

const decodeBase64 = (text: string) => Buffer.from(text, 'base64').toString('utf8');
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const ask = (parameters: TokenRequest['parameters'], authorization?: string) =>
  readTokenRequest({ authorization, parameters, decodeBase64 });
const GRANT = { grant_type: 'client_credentials' };

describe('a request for an access token', () => {
  test.for([
    ['by HTTP Basic', ask(GRANT, basic('id:secret'))],
    ['by HTTP Basic in another case', ask(GRANT, basic('id:secret').replace('Basic', 'bASIC'))],
    ['by HTTP Basic, with the same client_id beside it', ask({ ...GRANT, client_id: 'id' }, basic('id:secret'))],
    ['in the body', ask({ ...GRANT, client_id: 'id', client_secret: 'secret' })],
    ['with an empty scope, which counts as none', ask({ ...GRANT, scope: '' }, basic('id:secret'))],
  ] as const)('%s', ([, asked]) => expect(asked).toEqual({ clientId: 'id', clientSecret: 'secret', scope: null }));

  test('names scopes between blanks', () => {
    expect(ask({ ...GRANT, scope: 'gateways.read  ports.read' }, basic('id:secret'))).toMatchObject({
      scope: ['gateways.read', 'ports.read'],
    });
  });

  test('may have a colon or a percent sign in its secret, form-urlencoded', () => {
    expect(ask(GRANT, basic('a%3Ab:c%25+d:e'))).toMatchObject({ clientId: 'a:b', clientSecret: 'c% d:e' });
  });

  test.for([
    ['without a grant type', ask({}, basic('id:secret')), 'invalid_request'],
    ['of another grant type', ask({ grant_type: 'password' }, basic('id:secret')), 'unsupported_grant_type'],
    ['with a parameter twice', ask({ grant_type: ['client_credentials', 'x'] }, basic('id:secret')), 'invalid_request'],
    [
      'that authenticates twice',
      ask({ ...GRANT, client_id: 'id', client_secret: 's' }, basic('id:s')),
      'invalid_request',
    ],
    ['of two clients', ask({ ...GRANT, client_id: 'other' }, basic('id:secret')), 'invalid_request'],
    ['without credentials', ask(GRANT), 'invalid_client'],
    ['without a secret', ask({ ...GRANT, client_id: 'id' }), 'invalid_client'],
    ['by a bearer token', ask(GRANT, 'Bearer lst_abc'), 'invalid_client'],
    ['by Basic without a colon', ask(GRANT, basic('id')), 'invalid_client'],
    ['by Basic that is no base64', ask(GRANT, 'Basic %%%'), 'invalid_client'],
    ['by Basic with a broken percent sign', ask(GRANT, basic('id:%zz')), 'invalid_client'],
  ] as const)('%s is refused as %s', ([, asked, error]) => expect(asked).toMatchObject({ error }));
});

test.for([
  ['everything where nothing is asked for', null, ['a', 'b'], ['a', 'b']],
  ['what is asked for', ['b'], ['a', 'b'], ['b']],
  ['each once', ['b', 'b'], ['a', 'b'], ['b']],
  ['nothing where one is missing', ['b', 'c'], ['a', 'b'], null],
  ['nothing where blanks alone are asked for', [], ['a'], null],
  ['nothing more of a client without rights', null, [], []],
] as const)('an access token gets %s', ([, asked, client, expected]) =>
  expect(grantedScope(asked, client)).toEqual(expected),
);
