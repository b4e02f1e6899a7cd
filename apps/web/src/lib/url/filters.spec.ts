import { SEVERITIES } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { optional, parseFilters, text, withFilters } from './filters.ts';

const schema = z.object({ q: text, worst: optional(z.enum(SEVERITIES)) });

describe('filters in the URL', () => {
  test.for([
    [{}, {}],
    [
      { q: ' fax ', worst: 'major' },
      { q: 'fax', worst: 'major' },
    ],
    [{ q: '   ', worst: 'awful' }, {}],
    [{ worst: ['minor', 'major'] }, { worst: 'minor' }],
    [{ unknown: 'x' }, {}],
  ] as const)('%j is understood as %j', ([parameters, filters]) => {
    expect(parseFilters(schema, parameters as never)).toEqual(filters);
  });

  test('changing one filter keeps the others, and clearing the last leaves a clean address', () => {
    expect(withFilters(new URLSearchParams('worst=major&q=a'), { q: 'b' })).toBe('?q=b&worst=major');
    expect(withFilters(new URLSearchParams('q=a'), { q: undefined })).toBe('');
    expect(withFilters(new URLSearchParams('q=a'), { q: '' })).toBe('');
  });
});
