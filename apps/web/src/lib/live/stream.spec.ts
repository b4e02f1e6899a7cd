import { expect, test } from 'vitest';
import { makeStream } from './stream.ts';

test('every listener hears every event until it stops', () => {
  const stream = makeStream();
  const heard: string[] = [];
  const stop = stream.listen((event) => heard.push(`a ${event.type}`));
  stream.listen((event) => heard.push(`b ${event.type}`));
  stream.tell({ type: 'resync' });
  stop();
  stream.tell({ type: 'resync' });
  expect(heard).toEqual(['a resync', 'b resync', 'b resync']);
});

test('it is held until the last holder lets go, and letting go twice is once', () => {
  const stream = makeStream();
  const seen: boolean[] = [];
  const stop = stream.onHeld(() => seen.push(stream.isHeld()));
  const first = stream.hold();
  const second = stream.hold();
  first();
  first();
  expect(stream.isHeld()).toBe(true);
  second();
  expect(stream.isHeld()).toBe(false);
  expect(seen).toEqual([true, true, true, false]);
  stop();
  stream.hold();
  expect(seen).toHaveLength(4);
});
