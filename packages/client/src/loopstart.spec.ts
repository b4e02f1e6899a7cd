import { endpoints, type Problem } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { type Loopstart, loopstart, type Options } from './loopstart.ts';

const TOKEN = 'lst_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz';
const NOT_FOUND: Problem = { type: '', title: 'Nothing', status: 404, code: 'not-found', requestId: 'r' };
type Answer = Response | Error;

/** A client whose requests are answered in this order. */
function client(answers: Answer[], options: Partial<Options> = {}) {
  const sent: { url: string; init: RequestInit; authorization: string | null }[] = [];
  const waits: number[] = [];
  const api: Loopstart = loopstart({
    url: 'https://loopstart.example.com/',
    clientId: 'id',
    clientSecret: 'secret',
    fetch: async (url, init) => {
      sent.push({ url, init, authorization: new Headers(init.headers).get('authorization') });
      if (url.endsWith('/oauth/token')) return json({ access_token: `access-${sent.length}`, expires_in: 3600 });
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    sleep: async (ms) => void waits.push(ms),
    ...options,
  } as Options);
  return { api, sent, waits, calls: () => sent.filter(({ url }) => !url.endsWith('/oauth/token')) };
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const page = (items: unknown[], nextCursor: string | null) => json({ items, nextCursor, total: 3 });

describe('credentials', () => {
  test('a token with a typo, and http to elsewhere, are refused before anything is sent', () => {
    expect(() => loopstart({ url: 'https://a.example', token: TOKEN })).toThrow('typo');
    const client = { clientId: 'a', clientSecret: 'b' };
    expect(() => loopstart({ url: 'http://a.example', ...client })).toThrow('https alone');
    expect(() => loopstart({ url: 'https://a.example/?x=1', ...client })).toThrow('no user, query');
    expect(() => loopstart({ url: 'http://localhost:3000', ...client })).not.toThrow();
  });

  test('one access token serves calls at once, and is renewed before it ends', async () => {
    let now = 0;
    const { api, sent, calls } = client([page([], null), page([], null), page([], null)], { now: () => now });
    await Promise.all([api.listSites(), api.listSites()]);
    expect(sent.filter(({ url }) => url.endsWith('/oauth/token')).length).toBe(1);
    now = 3_540_000;
    await api.listSites();
    expect(calls().map(({ authorization }) => authorization)).toEqual([
      'Bearer access-1',
      'Bearer access-1',
      'Bearer access-4',
    ]);
  });

  test('a refused access token is replaced once', async () => {
    const refused = () => json({ ...NOT_FOUND, status: 401, code: 'invalid-token' }, 401);
    const once = client([refused(), page([], null)]);
    await once.api.listSites();
    expect(once.calls().length).toBe(2);
    const twice = client([refused(), refused()]);
    await expect(twice.api.listSites()).rejects.toMatchObject({ problem: { code: 'invalid-token' } });
  });

  test('no cookie goes along, and no redirect takes the token elsewhere', async () => {
    const { api, sent } = client([page([], null)]);
    await api.listSites();
    for (const { init } of sent) expect(init).toMatchObject({ credentials: 'omit', redirect: 'error' });
  });
});

describe('a list', () => {
  test('is read page by page, as far as it is wanted', async () => {
    const { api, calls } = client([page(['a', 'b'], 'next'), page(['c'], null)]);
    const items: unknown[] = [];
    for await (const item of api.each(endpoints.listSites, { query: { limit: 2 } })) items.push(item);
    expect(items).toEqual(['a', 'b', 'c']);
    expect(calls().map(({ url }) => new URL(url).search)).toEqual(['?limit=2', '?limit=2&cursor=next']);
    const half = client([page(['a', 'b'], 'next')]);
    for await (const item of half.api.each(endpoints.listSites)) if (item === ('a' as never)) break;
    expect(half.calls().length).toBe(1);
  });

  test('that leads back to itself ends with an error', async () => {
    const { api } = client([page(['a'], 'x'), page(['b'], 'x'), page(['c'], 'x')]);
    const read = async () => {
      for await (const item of api.each(endpoints.listSites)) expect(item).toBeDefined();
    };
    await expect(read()).rejects.toThrow('leads back');
  });
});

describe('retries', () => {
  test('wait as the API says', async () => {
    const { api, waits } = client([
      json({ ...NOT_FOUND, status: 429, code: 'too-many-requests' }, 429, { 'retry-after': '3' }),
      page([], null),
    ]);
    await api.listSites();
    expect(waits).toEqual([3000]);
  });

  test('a deletion whose answer was lost is done', async () => {
    const { api } = client([new TypeError('lost'), json(NOT_FOUND, 404)]);
    await expect(api.deleteSite({ params: { siteId: 'x' } })).resolves.toBeUndefined();
    const first = client([json(NOT_FOUND, 404)]);
    await expect(first.api.deleteSite({ params: { siteId: 'x' } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  test('end with the signal of the caller', async () => {
    const { api } = client([new TypeError('lost'), page([], null)], { sleep: undefined as never });
    const stop = new AbortController();
    const call = api.listSites({ signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(call).rejects.toThrow();
  });
});
