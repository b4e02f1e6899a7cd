import 'reflect-metadata';
import { DESIRED_STATE_KINDS } from '@loopstart/contracts';
import { NestFactory } from '@nestjs/core';
import { describe, expect, test } from 'vitest';
import type { AnyDesiredState } from './desired-state-kind.ts';
import { DesiredStates } from './desired-states.ts';
import { desiredStates } from './index.ts';

/** These tests read nothing, so the kinds need no dependencies. */
const kinds = desiredStates({} as never);
const toy: AnyDesiredState = {
  kind: 'toy',
  lagging: 'false',
  pending: async () => ({ messages: [], published: [] }),
};

/** Boots an application with these kinds. */
async function boot(list: readonly AnyDesiredState[]): Promise<DesiredStates> {
  const provider = { provide: DesiredStates, useFactory: () => new DesiredStates(list) };
  const root = { module: class App {}, providers: [provider] };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  return app.get(DesiredStates);
}

describe('the kinds of desired state', () => {
  test('are those of the contract', async () => {
    await expect(boot(kinds)).resolves.toBeInstanceOf(DesiredStates);
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(DESIRED_STATE_KINDS));
  });

  test.for(DESIRED_STATE_KINDS)('the API does not boot without a module for %s', async (left) => {
    const others = kinds.filter(({ kind }) => kind !== left);
    await expect(boot(others)).rejects.toThrow(`There is no module for desired state of kind ${left}.`);
  });

  test.for<[string, AnyDesiredState, string]>([
    ['for a kind that the contract lacks', toy, 'The contract has no desired state of kind toy.'],
    [
      'that is the second of its kind',
      { ...toy, kind: 'config' },
      'There are two modules for one kind of desired state.',
    ],
  ])('the API does not boot with a module %s', async ([, more, problem]) => {
    await expect(boot([...kinds, more])).rejects.toThrow(problem);
  });
});
