import { endpoints } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { fetchKey, listQuery, query } from './query.ts';

describe('reads as data', () => {
  test('no filter has one key, however it is written', () => {
    const plain = listQuery('listGateways').queryKey;
    expect(listQuery('listGateways', { query: { q: undefined, worst: undefined } }).queryKey).toEqual(plain);
    expect(listQuery('listGateways', { query: { q: '' } }).queryKey).toEqual(plain);
    expect(listQuery('listGateways', { query: { q: 'a' } }).queryKey).not.toEqual(plain);
  });

  test('the key alone says what to fetch', async () => {
    const asked: unknown[] = [];
    const fetch = fetchKey(async (endpoint, input) => {
      asked.push([endpoint, input]);
      return 'answer';
    });
    const signal = new AbortController().signal;
    const read = query('getGateway', { params: { gatewayId: 'g' } });
    expect(await fetch({ queryKey: read.queryKey, signal } as never)).toBe('answer');
    expect(asked).toEqual([[endpoints.getGateway, { params: { gatewayId: 'g' }, query: {}, signal }]]);
  });

  test('further pages carry their cursor, and the last page has no next', async () => {
    const list = listQuery('listPorts', { query: { q: 'a' } });
    const fetch = fetchKey(async (_, input) => input.query);
    expect(await fetch({ queryKey: list.queryKey, pageParam: 'c2' } as never)).toEqual({ q: 'a', cursor: 'c2' });
    const next = list.getNextPageParam as (page: object) => unknown;
    expect([next({ nextCursor: 'c3' }), next({ nextCursor: null })]).toEqual(['c3', undefined]);
  });
});
