import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoints } from '@loopstart/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp } from './app.ts';
import { rowsOf } from './ingest.ts';

const FIRST = { operator: 'Oak', name: 'Ada', email: 'ada@example.com', password: 'seven quiet harbours' };
let file: string;
let api: TestApp;
beforeEach(async () => {
  file = join(mkdtempSync(join(tmpdir(), 'setup-')), 'setup.code');
  const now = Date.now();
  // A clock that stands still gives no try back.
  api = await startApp({ env: { SETUP_CODE_FILE: file }, clock: () => now });
});
afterEach(() => api.close());

const code = () => readFileSync(file, 'utf8').trim();
const setUp = (given: string, more: object = {}) =>
  api.anonymous(endpoints.setUp, { body: { ...FIRST, code: given, ...more } });

test('an empty system is set up with the code of its file, once, and the file goes', async () => {
  expect(await api.anonymous(endpoints.getEntry)).toEqual({ setUp: false, mail: 'none' });
  expect(code()).toMatch(/^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/u);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const user = await setUp(code().toLowerCase().replaceAll('-', ' '));
  expect(user).toMatchObject({ name: 'Ada', role: 'owner', operator: { name: 'Oak' } });
  expect(existsSync(file)).toBe(false);
  expect((await api.anonymous(endpoints.getEntry)).setUp).toBe(true);
  const { email, password } = FIRST;
  expect((await api.anonymous(endpoints.signIn, { body: { email, password } })).name).toBe('Ada');
  const verbs = await rowsOf<{ verb: string }>(api.database.ownerUrl, 'select verb from audit_entry order by id');
  expect(verbs.map(({ verb }) => verb)).toEqual(['join', 'sign-in', 'sign-in']);
});

test('a stranger without the code sets nothing up, and has to wait', async () => {
  const wrong = () => problemOf(setUp('0000-0000-0000-0000'));
  expect(await wrong()).toMatchObject({ status: 400, fields: [{ path: 'body.code' }] });
  for (let index = 0; index < 59; index += 1) await wrong();
  expect(await wrong()).toMatchObject({ status: 429 });
  expect(await rowsOf(api.database.ownerUrl, 'select id from operator')).toEqual([]);
});

test('of 20 at once exactly one sets it up', async () => {
  const right = code();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      setUp(right, { operator: `Oak ${index}`, email: `ada-${index}@example.com` }).then(
        () => 'won',
        (error) => error.problem.code as string,
      ),
    ),
  );
  expect(outcomes.toSorted()).toEqual([...Array.from({ length: 19 }, () => 'set-up-already'), 'won'].toSorted());
  expect(await rowsOf(api.database.ownerUrl, 'select id from operator')).toHaveLength(1);
  expect(await rowsOf(api.database.ownerUrl, 'select id from account')).toHaveLength(1);
});

test('a password that can be guessed is refused before anything is made', async () => {
  expect(await problemOf(setUp(code(), { password: 'oakoakoakoakoak' }))).toMatchObject({
    fields: [{ path: 'body.password', expected: expect.stringContaining('repeats') }],
  });
  expect(await rowsOf(api.database.ownerUrl, 'select id from operator')).toEqual([]);
});
