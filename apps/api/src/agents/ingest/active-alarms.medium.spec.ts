import { randomUUID } from 'node:crypto';
import type { ActiveAlarms, GatewayEvent } from '@loopstart/contracts';
import { beforeEach, expect, test } from 'vitest';
import { inventoryOf, itemOf, rowsOf, useIngest } from '../../../test/ingest.ts';

const START = Date.parse('2026-05-12T10:15:00Z');
const OVERLOAD = {
  kind: 'alarm-raised',
  severity: 'major',
  position: null,
  text: 'Overload.',
  alarmKey: '11/a',
} as const;
let now = START;
const setting = useIngest(() => now);
let gatewayId: string;

beforeEach(async () => {
  now = START;
  gatewayId = randomUUID();
  await commit(setting.stream.say('inventory', inventoryOf(gatewayId, [1, 2])));
});

const commit = async (...messages: unknown[]) => {
  now += 10_000;
  const outcomes = await setting.ingest.committer.commit(
    messages.map((message) => itemOf(setting.agent.agentId, message, now)),
  );
  expect(outcomes.flatMap(({ rejections }) => rejections)).toEqual([]);
  return outcomes;
};
const rows = (text: string) => rowsOf(setting.database.ownerUrl, text, [gatewayId]);
const trap = (more: Partial<GatewayEvent> = {}) =>
  setting.stream.say('events', {
    events: [{ ...OVERLOAD, id: randomUUID(), gatewayId, at: now, source: 'trap', detail: {}, ...more }],
  });
const list = (alarms: ActiveAlarms['alarms'], covers = ['11/'], at = now + 5_000) =>
  setting.stream.say('alarms', { gatewayId, at, covers, alarms });
const standing = async () =>
  (await rows(`select alarms -> 'standing' as standing from gateway_current where gateway_id = $1`))[0]?.['standing'];
const events = () =>
  rows(
    `select kind, severity, source, alarm_key, text, detail ->> 'reason' as reason from gateway_event where gateway_id = $1 order by at, received_at`,
  );

test('an alarm whose clear was lost is cleared by the next list without it, with the reason', async () => {
  await commit(trap());
  await commit(list([OVERLOAD]));
  expect(await standing()).toMatchObject([{ key: '11/a' }]);
  const outcomes = await commit(list([]));
  expect(await standing()).toEqual([]);
  expect((await events()).at(-1)).toEqual({
    kind: 'alarm-cleared',
    severity: 'cleared',
    source: 'poll',
    alarm_key: '11/a',
    text: "Overload – cleared: it is not in the gateway's list of active alarms.",
    reason: 'not-in-active-alarms',
  });
  // Browsers see it like any other event.
  expect(outcomes.flatMap(({ published }) => published.map(({ event }) => event.type))).toContain('event');
});

test('an alarm whose raise was lost is raised by the list, once, and cleared by its notification', async () => {
  await commit(list([{ ...OVERLOAD, position: 2 }]));
  await commit(list([{ ...OVERLOAD, position: 2 }]));
  expect(await standing()).toMatchObject([{ key: '11/a', position: 2 }]);
  expect(await events()).toMatchObject([{ kind: 'alarm-raised', source: 'poll', reason: 'in-active-alarms' }]);
  await commit(trap({ kind: 'alarm-cleared', severity: 'cleared' }));
  expect(await standing()).toEqual([]);
});

test('alarms that the list does not cover, and those raised since it was read, stand', async () => {
  await commit(trap({ alarmKey: 'link/1' }), trap({ at: now + 9_000 }));
  await commit(list([], ['11/'], now - 5_000));
  expect(await standing()).toMatchObject([{ key: 'link/1' }, { key: '11/a' }]);
  await commit(list([], []));
  expect(await standing()).toHaveLength(2);
});

test('the same list twice, or sent again, has its effect once', async () => {
  await commit(trap());
  const empty = list([]);
  await commit(empty);
  await commit(empty);
  await commit(list([]));
  expect(await events()).toHaveLength(2);
});

test('an alarm of a port that the agent numbers otherwise is that of our port', async () => {
  const numbered = (positions: readonly number[], names: readonly string[], revision: number) => {
    const inventory = inventoryOf(gatewayId, positions, revision);
    const ports = inventory.ports.map((port, at) => ({ ...port, name: names[at]!, portKey: `name:${names[at]}` }));
    return setting.stream.say('inventory', { ...inventory, ports });
  };
  await commit(numbered([1, 2], ['FXS 1', 'FXS 2'], 2));
  await commit(numbered([1, 2], ['FXS 2', 'FXS 1'], 3));
  await commit(list([{ ...OVERLOAD, position: 1 }]));
  expect(await standing()).toMatchObject([{ position: 2 }]);
});
