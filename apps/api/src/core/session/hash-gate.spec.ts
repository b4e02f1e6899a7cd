import { expect, test } from 'vitest';
import { HashGate } from './hash-gate.ts';

/** Work that ends on release, and records when it began. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      ends.set(name, () => resolve(name));
    });
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('two at once; the next begins when one ends, also when it fails', async () => {
  const gate = new HashGate();
  const { begun, work, end } = works();
  const [a, , c] = ['a', 'b', 'c'].map((name) => gate.run(work(name)));
  const failing = gate.run(() => Promise.reject(new Error('no')));
  const d = gate.run(work('d'));
  await settle();
  expect(begun).toEqual(['a', 'b']);
  end('a');
  await a;
  await settle();
  expect(begun).toEqual(['a', 'b', 'c']);
  end('c');
  await c;
  await expect(failing).rejects.toThrow('no');
  await settle();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  end('d');
  expect(await d).toBe('d');
});

test('known devices go before the others, in their order', async () => {
  const gate = new HashGate();
  const { begun, work, end } = works();
  for (const name of ['a', 'b', 'unknown 1', 'unknown 2']) void gate.run(work(name));
  for (const name of ['known 1', 'known 2']) void gate.run(work(name), { first: true });
  for (const name of ['a', 'b', 'known 1', 'known 2', 'unknown 1']) {
    end(name);
    await settle();
  }
  expect(begun).toEqual(['a', 'b', 'known 1', 'known 2', 'unknown 1', 'unknown 2']);
});

test('a flood is refused without work', async () => {
  const gate = new HashGate();
  const { begun, work } = works();
  const outcomes = Array.from({ length: 300 }, (_, index) =>
    gate.run(work(String(index))).then(String, (error) => error.code),
  );
  await settle();
  expect(begun).toEqual(['0', '1']);
  expect(await Promise.all(outcomes.slice(42))).toEqual(Array.from({ length: 258 }, () => 'too-many-requests'));
});
