import { describe, expect, test } from 'vitest';
import { safeNext, signInPath } from './sign-in-path.ts';

describe('after sign-in', () => {
  test.for([
    [undefined, '/'],
    ['/gateways?worst=major', '/gateways?worst=major'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?next=/x', '/'],
  ] as const)('next=%j leads to %s', ([next, path]) => {
    expect(safeNext(next)).toBe(path);
  });

  test('the way back is kept, but the start page needs none', () => {
    expect(signInPath('/')).toBe('/sign-in');
    expect(safeNext(new URLSearchParams(signInPath('/ports?q=a%20b').split('?')[1]).get('next') ?? undefined)).toBe(
      '/ports?q=a%20b',
    );
  });
});
