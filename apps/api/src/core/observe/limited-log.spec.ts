import { expect, test } from 'vitest';
import { LimitedLog } from './limited-log.ts';

test('4,000 wrong messages of one peer are eleven lines, and another peer is still logged', () => {
  let nowMs = 0;
  const lines: { fields: object; text: string }[] = [];
  const log = new LimitedLog(
    { warn: ((fields: object, text: string) => lines.push({ fields, text })) as never },
    () => nowMs,
  );
  for (let message = 0; message < 4_000; message += 1) log.warn('bad', { message }, 'a message was quarantined');
  log.warn('other', { message: 1 }, 'a message was quarantined');
  log.flush();
  expect(lines).toHaveLength(11);
  nowMs = 60_000;
  log.flush();
  expect(lines.at(-1)).toEqual({
    fields: { peer: 'bad', suppressed: 3_990, about: 'lines about a peer' },
    text: 'suppressed further log lines of the same kind',
  });
  expect(lines).toHaveLength(12);
});
