import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barParts } from './counts-bar.tsx';

const none = { total: 0, ok: 0, info: 0, minor: 0, major: 0, critical: 0, unknown: 0 };

describe('the bar of ports', () => {
  test('worst comes first', () => {
    const parts = barParts({ ...none, total: 4, ok: 2, critical: 1, unknown: 1 });
    expect(parts.map((part) => part.severity)).toEqual(['critical', 'unknown', 'ok']);
  });

  test('one bad port among ten thousand is still seen', () => {
    const [bad] = barParts({ ...none, total: 10_000, ok: 9_999, critical: 1 });
    expect(bad!.width).toBeGreaterThan(1);
  });

  test('parts never overlap and always fill the bar', () => {
    const amount = fc.nat(5000);
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, amount, (ok, info, minor, major, critical, unknown) => {
        const total = ok + info + minor + major + critical + unknown;
        fc.pre(total > 0);
        const parts = barParts({ total, ok, info, minor, major, critical, unknown });
        let edge = 0;
        for (const part of parts) {
          expect(part.x).toBeGreaterThanOrEqual(edge - 1e-9);
          edge = part.x + part.width;
        }
        expect(edge).toBeCloseTo(100, 6);
      }),
    );
  });
});
