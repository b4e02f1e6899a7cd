import { ApiError, type ErrorCode } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { isProblem } from './is-problem.ts';
import { retryWaitMs } from './retry.ts';

const LIMITS = { retries: 3, waitMsMax: 60_000 };
const problem = (status: number, retryAfterS: number | null = null, code: ErrorCode = 'internal') =>
  new ApiError({ type: 'about:blank', title: '', status, code, requestId: '' }, retryAfterS);
const lost = new TypeError('fetch failed');
const slow = new DOMException('slow', 'TimeoutError');
const aborted = new DOMException('stopped', 'AbortError');
const wait = (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', error: unknown, more: object = {}) =>
  retryWaitMs({ method, error, attempt: 1, hasIdempotencyKey: false, ...more }, LIMITS, 1);

describe('a request is sent again', () => {
  test.for([
    ['after a limit, whatever it is, when the API says', wait('POST', problem(429, 7)), 7_000],
    ['after a limit without a time, soon', wait('PATCH', problem(429)), 500],
    ['a read whose answer was lost', wait('GET', lost), 500],
    ['a read that took too long', wait('GET', slow), 500],
    ['a replacement, which is the same twice', wait('PUT', problem(503)), 500],
    ['a deletion after a gateway failed', wait('DELETE', problem(502)), 500],
    ['an action with a key of its own', wait('POST', lost, { hasIdempotencyKey: true }), 500],
    ['later each time', wait('GET', lost, { attempt: 3 }), 2_000],
  ] as const)('%s', ([, waitMs, expected]) => expect(waitMs).toBe(expected));
});

describe('a request is not sent again', () => {
  test.for([
    ['that may have taken effect', wait('POST', lost)],
    ['a change of fields that may have taken effect', wait('PATCH', problem(503))],
    ['that is invalid', wait('GET', problem(400))],
    ['that is not allowed', wait('GET', problem(403))],
    ['after an error of ours', wait('GET', problem(500))],
    ['that its caller stopped', wait('GET', aborted)],
    ['more often than asked for', wait('GET', lost, { attempt: 4 })],
    ['after a wait that is the caller’s to decide', wait('GET', problem(429, 61))],
    ['after an error of the program', wait('GET', new Error('bug'))],
  ] as const)('%s', ([, waitMs]) => expect(waitMs).toBeNull());
});

test('a problem is known by its code', () => {
  const error: unknown = problem(404, null, 'not-found');
  expect([isProblem(error), isProblem(error, 'not-found'), isProblem(error, 'in-use')]).toEqual([true, true, false]);
  expect(isProblem(lost)).toBe(false);
});
