import { ApiError } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { tellPasskey } from './tell-passkey.ts';

const named = (name: string) => Object.assign(new Error('as the browser says it'), { name });

test.for([
  ['NotAllowedError', /not finished/],
  ['AbortError', /not finished/],
  ['InvalidStateError', /already/],
  ['SecurityError', /another address/],
  ['TypeError', /went wrong/],
] as const)('%s of a browser is told in plain words', ([name, expected]) => {
  const { sentence } = tellPasskey(named(name));
  expect(sentence).toMatch(expected);
  expect(sentence).not.toContain('browser says');
});

test('what the API refuses of a passkey is told as that, and anything else as it answers', () => {
  const problem = {
    type: 'about:blank',
    status: 400,
    requestId: 'r-1',
    title: 'Something entered is not right.',
    code: 'invalid-input' as const,
  };
  const at = (path: string) => new ApiError({ ...problem, fields: [{ path, expected: 'another' }] });
  expect(tellPasskey(at('body.credential'))).toMatchObject({
    requestId: 'r-1',
    sentence: expect.stringMatching(/passkey/),
  });
  expect(tellPasskey(at('body.name')).sentence).toBe(problem.title);
});
