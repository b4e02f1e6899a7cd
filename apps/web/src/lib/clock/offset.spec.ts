import { describe, expect, test } from 'vitest';
import { estimateOffset } from './offset.ts';

const noon = Date.parse('2026-11-23T12:00:00.000Z');
const dated = 'Mon, 23 Nov 2026 12:00:00 GMT';

describe('the offset to the server clock', () => {
  test.for([
    { what: 'clocks agree', sent: noon, received: noon + 40, offset: 0 },
    { what: 'the whole-second date hides 0.9 s', sent: noon + 900, received: noon + 940, offset: 0 },
    { what: 'the answer took ten seconds', sent: noon - 9_000, received: noon + 1_000, offset: 0 },
    { what: 'this clock is an hour behind', sent: noon - 3_600_000, received: noon - 3_600_000, offset: 3_600_500 },
    { what: 'this clock is a day ahead', sent: noon + 86_400_000, received: noon + 86_400_000, offset: -86_399_500 },
  ])('$what', ({ sent, received, offset }) => {
    expect(estimateOffset(dated, sent, received)).toBe(offset);
  });

  test.for([null, '', 'yesterday'])('a date such as %j says nothing', (date) => {
    expect(estimateOffset(date, noon, noon)).toBeNull();
  });
});
