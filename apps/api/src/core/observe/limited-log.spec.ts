import { expect, test } from 'vitest';
import { LimitedLog } from './limited-log.ts';

test('4,000 wrong messages of one peer are eleven lines, and another peer is still seen', () => {
  let nowMs = 0;
  const lines: { fields: object; text: string }[] = [];
  const log = new LimitedLog(
    { warn: ((fields: object, text: string) => lines.push({ fields, text })) as never },
    () => nowMs,
  );
  for (let message = 0; message < 4_000; message += 1) log.warn('bad', { message }, 'a message was set aside');
  log.warn('other', { message: 1 }, 'a message was set aside');
  log.flush();
  expect(lines).toHaveLength(11);
  nowMs = 60_000;
  log.flush();
  expect(lines.at(-1)).toEqual({
    fields: { peer: 'bad', suppressed: 3_990, about: 'lines about a peer' },
    text: 'more of the same was not logged',
  });
  expect(lines).toHaveLength(12);
});
