import { randomUUID } from 'node:crypto';
import type { Inventory } from '@loopstart/contracts';
import { PORT_STATE_FIELDS, toCode } from '@loopstart/domain';
import { beforeEach, expect, test } from 'vitest';
import { inventoryOf, itemOf, reportOf, rowsOf, useIngest } from '../../../test/ingest.ts';

const START = Date.parse('2026-05-12T10:15:00Z');
const FAULTY = toCode<string>(PORT_STATE_FIELDS.fault, 'ground-fault');
let now = START;
const setting = useIngest(() => now);
let gatewayId: string;

beforeEach(async () => {
  now = START;
  gatewayId = randomUUID();
});

const commit = async (...messages: unknown[]) => {
  const [outcome] = await setting.ingest.committer.commit(
    messages.map((message) => itemOf(setting.agent.agentId, message, now)),
  );
  expect(outcome?.agents[0]?.rejected).toEqual([]);
};
const rows = (text: string, values: unknown[] = [gatewayId]) => rowsOf(setting.database.ownerUrl, text, values);

/** Ports as an agent numbers them: row index to ifName, in that order from 1. `keyed` false: an agent before 0.2. */
function found(revision: number, interfaces: Record<number, string>, keyed = true): Inventory {
  const base = inventoryOf(gatewayId, [], revision);
  const ports = Object.entries(interfaces).map(([key, name], at) => ({
    ...inventoryOf(gatewayId, [at + 1]).ports[0]!,
    key,
    name,
    kind: name.startsWith('FXO') ? ('fxo' as const) : ('fxs' as const),
    ...(keyed && { portKey: `name:${name}` }),
  }));
  return { ...base, portList: 'confirmed', ports };
}
const BEFORE = { 10: 'FXS-1:1', 20: 'FXO-2:1', 30: 'FXS-3:1' };
const AFTER = { 10: 'FXS-1:1', 30: 'FXS-3:1', 40: 'FXO-2:1' };
const name = async () => {
  await rows(
    `update port set label = 'Lift', line_device_class = 'lift-phone' where gateway_id = $1 and "position" = 3`,
  );
};
const labels = () =>
  rows('select "position", key, name, label from port where gateway_id = $1 and removed_at is null order by 1');
const KEPT = [
  { position: 1, key: '10', name: 'FXS-1:1', label: null },
  { position: 2, key: '40', name: 'FXO-2:1', label: null },
  { position: 3, key: '30', name: 'FXS-3:1', label: 'Lift' },
];

test.for([
  ['reported by an agent that always had keys', true],
  ['first reported by an agent without keys', false],
] as const)('labels stay with the port after rows are renumbered: %s', async ([, keyed]) => {
  await commit(setting.stream.say('inventory', found(1, BEFORE, keyed)));
  await name();
  await commit(setting.stream.say('inventory', found(2, AFTER)));
  expect(await labels()).toEqual(KEPT);
});

test('columns, history and the known state follow the port', async () => {
  await commit(setting.stream.say('inventory', found(1, BEFORE)));
  const state = (fault: (number | null)[]) => ({ full: true, state: { fault } });
  await commit(setting.stream.say('reports', { reports: [reportOf(gatewayId, now, state([0, 0, FAULTY]))] }));
  await commit(setting.stream.say('inventory', found(2, AFTER)));
  // Columns are in the order of the inventory: FXS-3:1 is second.
  expect(await rows('select fault from gateway_current where gateway_id = $1')).toEqual([{ fault: [0, FAULTY, 0] }]);
  now += 60_000;
  await commit(
    setting.stream.say('reports', { reports: [reportOf(gatewayId, now, { ...state([0, 0, 0]), revision: 2 })] }),
  );
  expect(
    await rows(
      `select "position", from_code, to_code from port_state_change where gateway_id = $1 and to_code is not null and (from_code > 0 or to_code > 0) order by at`,
    ),
  ).toEqual([
    { position: 3, from_code: null, to_code: FAULTY },
    { position: 3, from_code: FAULTY, to_code: 0 },
  ]);
  expect(await rows('select revision, positions from gateway_layout where gateway_id = $1 order by 1')).toEqual([
    { revision: 1, positions: [1, 2, 3] },
    { revision: 2, positions: [1, 3, 2] },
  ]);
});

test('an event that names a port by the number of the agent belongs to the right port', async () => {
  await commit(setting.stream.say('inventory', found(1, BEFORE)));
  const event = (position: number) => ({
    id: randomUUID(),
    gatewayId,
    at: now,
    kind: 'port-fault' as const,
    severity: 'major' as const,
    position,
    text: 'Fault.',
    alarmKey: null,
    source: 'trap' as const,
    detail: {},
  });
  await commit(setting.stream.say('events', { events: [event(3)] }));
  await commit(setting.stream.say('inventory', found(2, AFTER)));
  now += 1_000;
  await commit(setting.stream.say('events', { events: [event(2)] }));
  expect(await rows('select "position" from gateway_event where gateway_id = $1 order by at')).toEqual([
    { position: 3 },
    { position: 3 },
  ]);
});

test('two inventories of one batch are bound one after the other', async () => {
  await commit(setting.stream.say('inventory', found(1, BEFORE)));
  await commit(
    setting.stream.say('inventory', found(2, AFTER)),
    setting.stream.say('inventory', found(3, { 10: 'FXO-2:1', 20: 'FXS-3:1' })),
  );
  const there = 'removed_at is null as there';
  expect(await rows(`select name, "position", ${there} from port where gateway_id = $1 order by 2`)).toEqual([
    { name: 'FXS-1:1', position: 1, there: false },
    { name: 'FXO-2:1', position: 2, there: true },
    { name: 'FXS-3:1', position: 3, there: true },
  ]);
});
