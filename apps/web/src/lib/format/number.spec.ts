import { describe, expect, test } from 'vitest';
import { bytes, count, counted, measured, share } from './number.ts';

describe('numbers', () => {
  test.for([
    [count(12_480), '12,480'],
    [counted(1, 'port'), '1 port'],
    [counted(0, 'port'), '0 ports'],
    [counted(2, 'agent is silent', 'agents are silent'), '2 agents are silent'],
    [measured(48.24, 'V'), '48.2 V'],
    [measured(-48, 'V'), '-48 V'],
    [measured(1204.4, 'ms'), '1,204 ms'],
    [measured(3, ''), '3'],
    [bytes(820), '820 B'],
    [bytes(4_230_000), '4.2 MB'],
    [bytes(999_999_999_999_999), '1,000 TB'],
    [share(1, 2), '50 %'],
    [share(0, 0), '—'],
  ])('%s reads as %s', ([actual, expected]) => {
    expect(actual).toBe(expected);
  });

  test('a share is never rounded to everything or to nothing', () => {
    expect(share(9_999, 10_000)).toBe('99 %');
    expect(share(1, 10_000)).toBe('1 %');
    expect(share(10_000, 10_000)).toBe('100 %');
  });
});
