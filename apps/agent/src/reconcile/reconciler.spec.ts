import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOWN_REQUEST_KINDS, DownMessage } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { Reconciler, type Reconcile } from './reconciler.ts';

const golden = join(import.meta.dirname, '../../../../packages/contracts/fixtures/agent-v1');
const load = (kind: string) => DownMessage.parse(JSON.parse(readFileSync(join(golden, `down.${kind}.json`), 'utf8')));

/** A reconcile of each kind that records what it receives. */
function noting(kinds: readonly string[]) {
  const taken: string[] = [];
  const reconciles = kinds.map((kind): Reconcile => ({
    kind,
    resume: async () => void taken.push(`resume ${kind}`),
    accept: async () => void taken.push(kind),
  }));
  return { taken, reconciles };
}

describe('the reconciler', () => {
  test.for(DOWN_REQUEST_KINDS)('hands a message of kind %s to its own reconcile', async (kind) => {
    const { taken, reconciles } = noting(DOWN_REQUEST_KINDS);
    await new Reconciler(reconciles).accept(load(kind));
    expect(taken).toEqual([kind]);
  });

  test.for(DOWN_REQUEST_KINDS)('does not start without a reconcile of %s', (left) => {
    const { reconciles } = noting(DOWN_REQUEST_KINDS.filter((kind) => kind !== left));
    expect(() => new Reconciler(reconciles)).toThrow(`Nothing reconciles ${left}.`);
  });

  test.for<[string, readonly string[], RegExp]>([
    [
      'a kind that the contract does not have',
      [...DOWN_REQUEST_KINDS, 'toy'],
      /No message of the contract is of kind toy/,
    ],
    ['two of one kind', [...DOWN_REQUEST_KINDS, 'config'], /reconciled twice/],
  ])('does not start with %s', ([, kinds, problem]) => {
    expect(() => new Reconciler(noting(kinds).reconciles)).toThrow(problem);
  });

  test('a new kind is one more reconcile in the list', async () => {
    let applied: string | null = null;
    const toy: Reconcile<'toy', { kind: 'toy'; ringtone: string }> = {
      kind: 'toy',
      accept: async ({ ringtone }) => {
        applied = ringtone;
      },
    };
    const { reconciles } = noting(DOWN_REQUEST_KINDS);
    const reconciler = new Reconciler([...reconciles, toy], [...DOWN_REQUEST_KINDS, 'toy']);
    await reconciler.accept({ kind: 'toy', ringtone: 'short' } as { kind: string });
    expect(applied).toBe('short');
  });

  test('applies stored state at the start, kind by kind', async () => {
    const { taken, reconciles } = noting(DOWN_REQUEST_KINDS);
    await new Reconciler(reconciles).resume();
    expect(taken).toEqual(DOWN_REQUEST_KINDS.map((kind) => `resume ${kind}`));
  });
});
