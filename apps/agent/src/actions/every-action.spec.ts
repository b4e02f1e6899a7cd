import { ACTION_TYPES, PORT_ACTIONS } from '@loopstart/domain';
import { drivers } from '@loopstart/drivers';
import { afterEach, describe, expect, test } from 'vitest';
import { actionBench, type ActionBench } from '../testing/action-bench.ts';

let one: ActionBench | null = null;
afterEach(async () => {
  await one?.close();
  one = null;
});

/** Every action of every driver: an action that is reported as done has written to the gateway, or really read it. */
describe.for(drivers.map((driver) => [driver.id, driver] as const))('%s', ([id, driver]) => {
  test('reports nothing as done that was not sent', async () => {
    one = await actionBench({
      name: 'one',
      driver: id,
      model: driver.models[0]?.name,
      access: { version: 'v2c', community: 'public', writeCommunity: 'private' },
      ports: [],
    });
    const outcomes: Record<string, string> = {};
    for (const type of ACTION_TYPES) {
      const position = PORT_ACTIONS.has(type) ? 1 : null;
      const before = { ...one.sent };
      const ended = await one.ask({ type, position, overrideReason: 'To see what this driver does.' });
      outcomes[type] = ended.state;
      if (ended.state !== 'succeeded') continue;
      if (type === 'poll-now') expect(one.sent.requests).toBeGreaterThan(before.requests);
      else expect([type, one.sent.sets > before.sets]).toEqual([type, true]);
      one.pass(600_000);
    }
    expect(outcomes['poll-now']).toBe('succeeded');
    expect(outcomes['identify']).toBe('refused');
  }, 60_000);

  test('does not report a reading that did not take place', async () => {
    one = await actionBench({
      name: 'one',
      driver: id,
      model: driver.models[0]?.name,
      access: { version: 'v2c', community: 'public' },
      ports: [],
    });
    one.living.setFault({ kind: 'hang', port: null, delayMs: 1, corruption: 'mixed' });
    expect((await one.ask({ type: 'poll-now', position: null })).state).toBe('failed');
  }, 60_000);
});
