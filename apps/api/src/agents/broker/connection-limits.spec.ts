import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectionLimits, descriptorLimit, parseDescriptorLimit } from './connection-limits.ts';

test.for([
  // From a security review: 360 of 400 idle connections starved the database.
  [400, 272, 136],
  [1_024, 768, 384],
  [20_000, 15_904, 4_000],
  [1_048_576, 30_000, 4_000],
] as const)('with %i descriptors', ([descriptors, connections, unadmitted]) => {
  expect(connectionLimits(descriptors)).toMatchObject({ connections, unadmitted });
});

test('with any limit, descriptors remain for the database', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 5_000_000 }), (descriptors) => {
      const limits = connectionLimits(descriptors);
      expect(descriptors - limits.connections).toBeGreaterThanOrEqual(128);
      expect(limits.unadmitted).toBeLessThanOrEqual(limits.connections);
      expect(limits.servedPerAddress).toBeLessThanOrEqual(limits.unadmitted);
    }),
  );
});

test('the limit is read from the text of the kernel', () => {
  const text =
    'Limit   Soft Limit  Hard Limit Units\nMax open files            1024                 524288               files\n';
  expect(parseDescriptorLimit(text)).toBe(1_024);
  expect(parseDescriptorLimit('Max open files unlimited unlimited files')).toBe(Number.MAX_SAFE_INTEGER);
  expect(parseDescriptorLimit('nothing of the kind')).toBeNull();
  expect(descriptorLimit()).toBeGreaterThan(0);
});
