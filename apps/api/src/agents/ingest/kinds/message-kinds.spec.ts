import { UP_KINDS } from '@loopstart/contracts';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { describe, expect, test } from 'vitest';
import { messageKinds } from './index.ts';
import type { AnyMessageKind } from './message-kind.ts';
import { MessageKinds } from './message-kinds.ts';

/** These tests write nothing, so the kinds need none of their repositories. */
const kinds = messageKinds({} as never);
const toy: AnyMessageKind = { kind: 'toy', apply: () => undefined };

/** Boots an application with these kinds. */
async function boot(list: readonly AnyMessageKind[]): Promise<MessageKinds> {
  const provider = { provide: MessageKinds, useFactory: () => new MessageKinds(list) };
  const root = { module: class App {}, providers: [provider] };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  return app.get(MessageKinds);
}

describe('the kinds of messages that the ingest takes', () => {
  test('are those of the contract', async () => {
    await expect(boot(kinds)).resolves.toBeInstanceOf(MessageKinds);
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(UP_KINDS));
  });

  test.for(UP_KINDS)('the API does not boot without a module for %s', async (left) => {
    const others = kinds.filter(({ kind }) => kind !== left);
    await expect(boot(others)).rejects.toThrow(`The ingest has no module for messages of kind ${left}.`);
  });

  test.for<[string, AnyMessageKind, string]>([
    ['for a kind that the contract lacks', toy, 'The contract has no messages of kind toy.'],
    ['that is the second of its kind', { ...toy, kind: 'gap' }, 'The ingest has two modules for one kind of message.'],
  ])('the API does not boot with a module %s', async ([, more, problem]) => {
    await expect(boot([...kinds, more])).rejects.toThrow(problem);
  });
});
