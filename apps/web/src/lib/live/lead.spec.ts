import { expect, test } from 'vitest';
import { standForLead } from './lead.ts';

/** Tabs that stand for the same lead; `log` tells who got and lost it. */
function tabs(name: string) {
  const log: string[] = [];
  const stand = (who: string) =>
    standForLead(`${name} ${process.pid}`, {
      granted: () => log.push(`${who} leads`),
      lost: () => log.push(`${who} lost`),
    });
  return { log, stand };
}

/** Locks are granted a few turns of the event loop later. */
const settled = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 50);
  });

test('one leads; when it resigns, the next in turn does', async () => {
  const { log, stand } = tabs('turn');
  const a = stand('a');
  const b = stand('b');
  const c = stand('c');
  await settled();
  expect(log).toEqual(['a leads']);
  b.resign();
  a.resign();
  await settled();
  expect(log).toEqual(['a leads', 'c leads']);
  c.resign();
});

test('who loses the lead to another waits for it again', async () => {
  const { log, stand } = tabs('take');
  const a = stand('a');
  const b = stand('b');
  await settled();
  b.takeOver();
  await settled();
  expect(log.toSorted()).toEqual(['a leads', 'a lost', 'b leads']);
  b.resign();
  await settled();
  expect(log.at(-1)).toBe('a leads');
  a.resign();
});

test('who resigns before its turn never leads', async () => {
  const { log, stand } = tabs('gone');
  stand('a').resign();
  await settled();
  expect(log).toEqual([]);
});
