import { expect, test } from 'vitest';
import { ProblemWatch } from './problem-watch.ts';

const HOUR_MS = 3_600_000;
const problem = (oid: string) => ({ oid, why: `something at ${oid}` });

test('invalid answers are reported once when they begin, and once when they end', () => {
  const watch = new ProblemWatch();
  expect(watch.see([], 0)).toBeNull();
  expect(watch.see([problem('1.1'), problem('1.2')], 10)).toMatchObject({
    kind: 'wrong-answer',
    severity: 'warning',
    text: 'It answered something that is not understood: something at 1.1 and 1 more.',
    detail: { '1.1': 'something at 1.1', '1.2': 'something at 1.2' },
  });
  expect(watch.see([problem('1.1')], 20)).toBeNull();
  expect(watch.see([problem('1.9')], 30)).toBeNull();
  expect(watch.see([], 40)).toMatchObject({ severity: 'cleared' });
  expect(watch.see([], 50)).toBeNull();
});

test('another problem is reported after an hour, the same one never again', () => {
  const watch = new ProblemWatch();
  watch.see([problem('1.1')], 0);
  expect(watch.see([problem('1.1')], 2 * HOUR_MS)).toBeNull();
  expect(watch.see([problem('1.2')], 2 * HOUR_MS)).not.toBeNull();
});

test('texts fit their bounds, for any answers', () => {
  const long = Array.from({ length: 50 }, (_, at) => ({ oid: `1.${at}.${'9.'.repeat(200)}1`, why: 'x'.repeat(5_000) }));
  const event = new ProblemWatch().see(long, 0);
  expect(event?.text.length).toBeLessThanOrEqual(500);
  for (const [name, text] of Object.entries(event?.detail ?? {})) {
    expect(name.length).toBeLessThanOrEqual(200);
    expect(text.length).toBeLessThanOrEqual(500);
  }
});
