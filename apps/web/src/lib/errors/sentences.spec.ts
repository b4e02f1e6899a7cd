import { ApiError, ERROR_CODES, type ErrorCode } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { tell } from './sentences.ts';
import { Unreachable } from './unreachable.ts';

const problem = (code: ErrorCode, detail?: string) =>
  new ApiError({
    type: 'about:blank',
    ...ERROR_CODES[code],
    code,
    requestId: 'r-1',
    ...(detail === undefined ? {} : { detail }),
  });

describe('errors as sentences', () => {
  test.for(Object.keys(ERROR_CODES) as ErrorCode[])('%s is a sentence with its request number', (code) => {
    const told = tell(problem(code));
    expect(told.sentence).toMatch(/^[A-Z].*\.$/);
    expect(told.requestId).toBe('r-1');
  });

  test('what the API says about this very request goes before the general title', () => {
    expect(tell(problem('already-exists', 'There is a site "Kiln Lane" already.')).sentence).toBe(
      'There is a site "Kiln Lane" already.',
    );
  });

  test.for([
    ['not-allowed', 'not-allowed', false],
    ['not-found', 'not-found', false],
    ['invalid-input', 'refused', false],
    ['internal', 'broken', true],
    ['not-ready', 'unreachable', true],
    ['too-many-requests', 'refused', true],
  ] as const)('%s is of kind %s, worth a retry: %s', ([code, kind, retryable]) => {
    expect(tell(problem(code))).toMatchObject({ kind, retryable });
  });

  test('no network is told apart from a fault of ours', () => {
    expect(tell(new Unreachable(new TypeError('Failed to fetch'))).kind).toBe('unreachable');
    expect(tell(new TypeError('x is undefined')).kind).toBe('broken');
    expect(tell(new RangeError('x')).kind).toBe('broken');
  });
});
