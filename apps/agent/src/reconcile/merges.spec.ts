import { describe, expect, test } from 'vitest';
import { quietLog } from '../testing/quiet-log.ts';
import { mergesReconcile } from './merges.ts';

const MERGE = { gatewayId: 'a', intoGatewayId: 'b' };
const REQUEST = { v: 1 as const, kind: 'merges' as const, merges: [{ ...MERGE, revision: 7 }] };

/** The steps taken, in order. */
async function accept(add: () => Promise<boolean>, apply: () => Promise<void> = async () => undefined) {
  const done: unknown[] = [];
  const reconcile = mergesReconcile({
    book: { add: async () => (done.push('store'), add()) },
    log: quietLog,
    apply: async () => (done.push('apply'), apply()),
    report: (body) => done.push(body),
  });
  await reconcile.accept(REQUEST);
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

describe('merges of gateways', () => {
  test('are stored, then in force, then acknowledged', async () => {
    expect(await accept(async () => true)).toEqual(['store', 'apply', { merges: [MERGE] }]);
  });

  test('that are known already are acknowledged again', async () => {
    expect(await accept(async () => false)).toEqual(['store', 'apply', { merges: [MERGE] }]);
  });

  test('that cannot be stored are neither in force nor acknowledged', async () => {
    expect(await accept(() => Promise.reject(new Error('disk full')))).toEqual(['store']);
  });

  test('that cannot be applied are not acknowledged', async () => {
    expect(
      await accept(
        async () => true,
        () => Promise.reject(new Error('stopped')),
      ),
    ).toEqual(['store', 'apply']);
  });
});
