import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomic } from './atomic-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loopstart-atomic-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a link in place of the file is replaced, and what it points to is not changed', async () => {
  const victim = join(folder, 'victim');
  const path = join(folder, 'identity.json');
  await writeFile(victim, 'precious');
  await symlink(victim, path);
  await writeFileAtomic(path, 'new');
  expect(await readFile(victim, 'utf8')).toBe('precious');
  expect((await lstat(path)).isFile()).toBe(true);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('links with any predictable name are not followed', async () => {
  const victim = join(folder, 'victim');
  const path = join(folder, 'identity.json');
  await writeFile(victim, 'precious');
  for (let pid = process.pid - 50; pid <= process.pid + 50; pid += 1) await symlink(victim, `${path}.${pid}.tmp`);
  await writeFileAtomic(path, 'new');
  expect([await readFile(victim, 'utf8'), await readFile(path, 'utf8')]).toEqual(['precious', 'new']);
});

test('leaves no temporary file behind, also where it fails', async () => {
  await writeFileAtomic(join(folder, 'a'), 'x');
  await expect(writeFileAtomic(join(folder, 'no', 'such'), 'x')).rejects.toThrow('ENOENT');
  await expect(writeFileAtomic(folder, 'x')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['a']);
});
