import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { quietLog } from '../testing/quiet-log.ts';
import { MergeBook } from './merge-book.ts';

const id = (letter: string) => `00000000-0000-4000-8000-00000000000${letter}`;
/** `a>b@7`: gateway a was merged into b, whose revision in the cloud is 7. */
const merges = (text: string) =>
  text.split(' ').map((one) => {
    const [, from = '', into = '', revision = '0'] = /^(\w)>(\w)(?:@(\d+))?$/.exec(one) ?? [];
    return { gatewayId: id(from), intoGatewayId: id(into), revision: Number(revision) };
  });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loopstart-merges-'));
  path = join(folder, 'merges.json');
});
afterEach(() => rm(folder, { recursive: true }));
const open = () => MergeBook.open(path, quietLog);

describe('merges', () => {
  test.for<[string, string[], boolean[], string, string]>([
    ['of one', ['a>b'], [true], 'a', 'b'],
    ['that come again', ['a>b', 'a>b'], [true, false], 'a', 'b'],
    ['of a merge', ['a>b', 'b>c'], [true, true], 'a', 'c'],
    ['of a merge, the later first', ['b>c', 'a>b'], [true, true], 'a', 'c'],
    ['in one message, one of them known', ['a>b', 'a>b d>b'], [true, true], 'd', 'b'],
    ['of which one contradicts an earlier one', ['a>b', 'a>c'], [true, false], 'a', 'b'],
    ['in a circle', ['a>b', 'b>a'], [true, false], 'b', 'b'],
  ])('%s are in force at once and after a restart', async ([, received, isNew, from, left]) => {
    const book = await open();
    const answers: boolean[] = [];
    for (const message of received) answers.push(await book.add(merges(message)));
    expect(answers).toEqual(isNew);
    expect(book.present(id(from))).toBe(id(left));
    expect((await open()).present(id(from))).toBe(id(left));
  });

  test('that arrive together are all kept', async () => {
    const book = await open();
    await Promise.all(['a', 'b', 'c'].map((from) => book.add(merges(`${from}>d`))));
    const again = await open();
    expect(['a', 'b', 'c'].map((from) => again.present(id(from)))).toEqual([id('d'), id('d'), id('d')]);
  });

  test('that cannot be written do not count', async () => {
    const book = await MergeBook.open(join(folder, 'nowhere', 'merges.json'), quietLog);
    await expect(book.add(merges('a>b'))).rejects.toThrow(/ENOENT/);
    expect(book.present(id('a'))).toBe(id('a'));
  });

  test('keep the highest revision of the remaining gateway', async () => {
    await (await open()).add(merges('a>c@7 b>c@5'));
    const book = await open();
    expect([book.revisionOf(id('c')), book.revisionOf(id('a'))]).toEqual([7, 0]);
  });

  test('of an invalid file are dropped, not guessed', async () => {
    await writeFile(path, `{"${id('a')}": {"intoGatewayId": "b"}}`);
    expect((await open()).present(id('a'))).toBe(id('a'));
  });
});
