import { randomUUID } from 'node:crypto';
import { LINE_FACETS, type Line, type LineFacet, type Report } from '@loopstart/contracts';
import {
  LINE_DEVICE_CLASSES,
  PORT_KINDS,
  PORT_STATE_FIELD_NAMES,
  PORT_STATE_FIELDS,
  SEVERITIES,
} from '@loopstart/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeOperator } from '../src/core/db/scope.ts';
import { type PlacedPort, PortRepository } from '../src/core/fleet/port.repository.ts';
import { LifecycleRepository } from '../src/fleet/gateways/lifecycle.repository.ts';
import { LineFacetsRepository } from '../src/fleet/ports/lines/line-facets.repository.ts';
import { LineListRepository } from '../src/fleet/ports/lines/line-list.repository.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import {
  type IngestInstance,
  inventoryOf,
  itemOf,
  plantAgent,
  reportOf,
  rowsOf,
  startIngest,
  type TestAgent,
  TestStream,
} from './ingest.ts';

/** What lists sort, filter and count lines by, stored, beside what `portView` makes of the same rows. */

const START = Date.parse('2026-05-12T10:15:00Z');
const MINUTE = 60_000;
let now = START;
let database: TestDatabase;
let ingest: IngestInstance;
let lists: LineListRepository;
let facets: LineFacetsRepository;
let ports: PortRepository;

interface Peer {
  agent: TestAgent;
  stream: TestStream;
  gateways: { id: string; revision: number; positions: number[] }[];
}
let fleet: Peer[];

beforeAll(async () => {
  database = await createDatabase();
  ingest = await startIngest(database.config, () => now);
  lists = new LineListRepository(ingest.db);
  facets = new LineFacetsRepository(ingest.db);
  ports = new PortRepository(ingest.db);
});
afterAll(async () => {
  await ingest.close();
  await database.drop();
});

const run = (text: string, values: unknown[] = []) => rowsOf(database.ownerUrl, text, values);
const operatorId = () => fleet[0]!.agent.operatorId;
const scope = () => wholeOperator(operatorId());

async function commit(peer: Peer, ...messages: unknown[]): Promise<void> {
  await ingest.committer.commit(messages.map((message) => itemOf(peer.agent.agentId, message, now)));
}

/** Two agents at two sites of two customers, with two gateways each. */
async function newFleet(): Promise<void> {
  now = START;
  const first = await plantAgent(database.ownerUrl);
  const [customer, site] = [randomUUID(), randomUUID()];
  await run('insert into customer (id, operator_id, name) values ($1, $2, $3)', [customer, first.operatorId, 'Quay']);
  await run(
    `insert into site (id, operator_id, customer_id, name, time_zone) values ($1, $2, $3, 'Albany', 'Europe/London')`,
    [site, first.operatorId, customer],
  );
  const second = await plantAgent(database.ownerUrl, { operatorId: first.operatorId, siteId: site });
  fleet = [];
  for (const agent of [first, second]) {
    const peer: Peer = { agent, stream: new TestStream(), gateways: [] };
    fleet.push(peer);
    await presence(peer, true);
    for (const size of [3, 5]) {
      const gateway = { id: randomUUID(), revision: 1, positions: Array.from({ length: size }, (_, at) => at + 1) };
      peer.gateways.push(gateway);
      await commit(peer, peer.stream.say('inventory', inventoryOf(gateway.id, gateway.positions)));
    }
  }
}

const presence = (peer: Peer, online: boolean) =>
  run('update agent set online = $2, presence_at = $3, last_seen_at = $3 where id = $1', [
    peer.agent.agentId,
    online,
    new Date(now),
  ]);

/** A number below `below` for each port of each field: the same for the same seed. */
const dice = (seed: number, below: number) => (Math.imul(seed ^ (seed >>> 15), 2_246_822_519) >>> 7) % below;

function statesOf(positions: readonly number[], seed: number): NonNullable<Report['state']> {
  return Object.fromEntries(
    PORT_STATE_FIELD_NAMES.map((field, at) => [
      field,
      positions.map((position) => {
        const code = dice(seed * 31 + at * 7 + position, PORT_STATE_FIELDS[field].length + 2);
        // Often well, sometimes not known.
        return code === PORT_STATE_FIELDS[field].length ? null : code > PORT_STATE_FIELDS[field].length ? 0 : code;
      }),
    ]),
  ) as NonNullable<Report['state']>;
}

/** Everything that can change what is shown of a line, each with a number that chooses where. */
const CHANGES: Record<string, (peer: Peer, gateway: Peer['gateways'][number], seed: number) => Promise<unknown>> = {
  'a reading': (peer, { id, revision, positions }, seed) =>
    commit(
      peer,
      peer.stream.say('reports', {
        reports: [reportOf(id, now, { revision, full: true, state: statesOf(positions, seed) })],
      }),
    ),
  'a call': (peer, { id, revision, positions }, seed) =>
    commit(
      peer,
      peer.stream.say('reports', {
        reports: [
          reportOf(id, now, {
            revision,
            state: {
              hook: positions.map((position) => dice(seed + position, 2)),
              call: positions.map((position) => [0, 3, 4, 8][dice(seed * 3 + position, 4)]!),
            },
          }),
        ],
      }),
    ),
  'measurements alone': (peer, { id, revision, positions }) =>
    commit(
      peer,
      peer.stream.say('reports', {
        reports: [reportOf(id, now, { revision, measures: { lineVoltageV: positions.map(() => 48) } })],
      }),
    ),
  'a poll that changed nothing': (peer, { id }) =>
    commit(peer, peer.stream.say('unchanged', { at: now, gatewayIds: [id] })),
  'a message that came before': (peer) => commit(peer, peer.stream.messages.at(-1)),
  'a late reading': (peer, { id, revision, positions }, seed) =>
    commit(
      peer,
      peer.stream.say('reports', {
        reports: [reportOf(id, now - 5 * MINUTE, { revision, full: true, state: statesOf(positions, seed) })],
      }),
    ),
  'no answer of the gateway': (peer, { id }) =>
    commit(peer, peer.stream.say('reachability', { gatewayId: id, reachable: false, reason: 'no answer', at: now })),
  'its answer again': (peer, { id }) =>
    commit(peer, peer.stream.say('reachability', { gatewayId: id, reachable: true, reason: null, at: now })),
  'another port list': (peer, gateway, seed) => {
    gateway.revision += 1;
    gateway.positions = [1, 2, 3, 4, 5, 6].filter((position) => dice(seed + position * 13, 3) > 0);
    const body = inventoryOf(gateway.id, gateway.positions, gateway.revision);
    const listed = body.ports.map((port) => ({ ...port, kind: PORT_KINDS[dice(seed + port.position, 2)]! }));
    return commit(peer, peer.stream.say('inventory', { ...body, portList: 'confirmed', ports: listed }));
  },
  'an agent that goes': (peer) => presence(peer, false),
  'an agent that comes': (peer) => presence(peer, true),
  'a silent agent': async () => {
    now += 2 * MINUTE;
  },
  'half an hour': async () => {
    now += 30 * MINUTE;
  },
  'a line that is described': (_, { id, positions }, seed) =>
    ingest.db.tx(scope(), async (sql) => {
      const lineDeviceClass = LINE_DEVICE_CLASSES[dice(seed, LINE_DEVICE_CLASSES.length)]!;
      await ports.describe(sql, id, positions[0] ?? 1, {
        lineDeviceClass,
        label: `Lift ${seed % 7}`,
        number: String(seed % 90),
      });
      await ports.recount(sql, id);
    }),
  'another name of the site': ({ agent }, _, seed) =>
    run('update site set name = $2 where id = $1', [agent.siteId, `Site ${seed}`]),
  'another customer of the site': ({ agent }) =>
    run(
      `update site set customer_id = (select id from customer where operator_id = $2 and id <> site.customer_id order by id limit 1) where id = $1`,
      [agent.siteId, agent.operatorId],
    ),
  'another name of the gateway': (_, { id }, seed) =>
    run('update gateway set name = $2 where id = $1', [id, `Gateway ${seed % 12}`]),
  'a gateway out of service': (_, { id }) =>
    ingest.db.tx(scope(), (sql) =>
      new LifecycleRepository().retire(sql, id, 'retired', {
        name: 'Ann',
        note: '',
        successorId: null,
        at: new Date(now),
      }),
    ),
  'a gateway in service again': (_, { id }) =>
    ingest.db.tx(scope(), (sql) => new LifecycleRepository().restore(sql, id)),
  maintenance: ({ agent }) =>
    run(
      `insert into maintenance_window (operator_id, title, reason, scope, scope_id, time_zone, starts_at, duration_minutes, created_by_name)
       values ($1, 'Works', 'Cabling', 'site', $2, 'UTC', $3, 60, 'Ann')`,
      [agent.operatorId, agent.siteId, new Date(now)],
    ),
  'a gateway given to the other agent': async (_, { id }, seed) =>
    run('update gateway set agent_id = $2 where id = $1', [id, fleet[seed % fleet.length]!.agent.agentId]),
};

/** The lines in service as `portView` shows each. */
async function shownLines(): Promise<(PlacedPort & Pick<Line, 'vendor' | 'model' | 'firmware' | 'customerId'>)[]> {
  const gateways = await run(
    `select g.id, g.vendor, g.model, g.firmware, s.customer_id as "customerId" from gateway g join site s on s.id = g.site_id where g.operator_id = $1 and g.retired_at is null`,
    [operatorId()],
  );
  const each = gateways.map(async ({ id, ...gateway }) =>
    (await ports.list(scope(), new Date(now), { gatewayId: id as string, limit: 500 })).map((line) => ({
      ...line,
      ...(gateway as Pick<Line, 'vendor' | 'model' | 'firmware' | 'customerId'>),
    })),
  );
  return (await Promise.all(each)).flat();
}

const VALUE_OF: Record<LineFacet, (line: Awaited<ReturnType<typeof shownLines>>[number]) => string> = {
  customerId: (line) => line.customerId,
  siteId: (line) => line.siteId,
  lineDeviceClass: (line) => line.lineDeviceClass,
  severity: (line) => line.severity,
  registration: (line) => line.registration ?? 'unknown',
  kind: (line) => line.kind,
  vendor: (line) => line.vendor,
  model: (line) => line.model ?? '',
  firmware: (line) => line.firmware ?? '',
};
const keyOf = (line: { gatewayId: string; position: number }) => `${line.gatewayId}/${line.position}`;

async function expectAgreement(what: string): Promise<void> {
  const shown = await shownLines();
  const at = new Date(now);
  for (const facet of LINE_FACETS) {
    const counted = await facets.count(scope(), at, { words: null }, facet);
    const expected = Map.groupBy(shown, VALUE_OF[facet]);
    expect(new Map(counted.values.map(({ value, count }) => [value, count])), `${facet} after ${what}`).toEqual(
      new Map([...expected].map(([value, lines]) => [value, lines.length])),
    );
  }
  for (const severity of SEVERITIES) {
    const { items, total } = await lists.list(
      scope(),
      at,
      { words: null, severity: [severity] },
      { sort: 'gateway', cursor: '', limit: 500 },
    );
    const expected = shown.filter((line) => line.severity === severity).map(keyOf);
    expect(items.map(keyOf).sort(), `${severity} after ${what}`).toEqual(expected.sort());
    expect(total).toBe(expected.length);
  }
  const { items } = await lists.list(scope(), at, { words: null }, { sort: '-since', cursor: '', limit: 500 });
  const times = shown
    .map(({ stateSince }) => stateSince ?? '')
    .sort()
    .reverse();
  expect(
    items.map(({ stateSince }) => stateSince ?? ''),
    `since after ${what}`,
  ).toEqual(times);
  const since = await lists.list(scope(), at, { words: null, since: 'hour' }, { sort: 'name', cursor: '', limit: 500 });
  const hourAgo = new Date(now - 60 * MINUTE).toISOString();
  expect(since.items.map(keyOf).sort(), `of the last hour after ${what}`).toEqual(
    shown
      .filter(({ stateSince }) => stateSince !== null && stateSince >= hourAgo)
      .map(keyOf)
      .sort(),
  );
  const named = await lists.list(scope(), at, { words: ['%lift%'] }, { sort: 'number', cursor: '', limit: 500 });
  expect(named.items.map(keyOf).sort(), `named after ${what}`).toEqual(
    shown
      .filter(({ label }) => label?.includes('Lift') === true)
      .map(keyOf)
      .sort(),
  );
}

test('agrees with what is shown after any changes in any order', async () => {
  const change = fc.tuple(fc.constantFrom(...Object.keys(CHANGES)), fc.nat(1), fc.nat(1), fc.nat(1_000_000));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 6, maxLength: 14 }), async (changes) => {
      await newFleet();
      for (const [name, peerAt, gatewayAt, seed] of changes) {
        now += 1000;
        const peer = fleet[peerAt]!;
        await CHANGES[name]!(peer, peer.gateways[gatewayAt]!, seed);
      }
      await expectAgreement(changes.map(([name]) => name).join(', '));
    }),
    { numRuns: 12 },
  );
});

test.for(Object.keys(CHANGES).map((name) => [name] as const))('agrees after %s', async ([name]) => {
  await newFleet();
  for (const peer of fleet)
    for (const gateway of peer.gateways) await CHANGES['a reading']!(peer, gateway, gateway.positions.length);
  await CHANGES['a line that is described']!(fleet[0]!, fleet[0]!.gateways[0]!, 3);
  await expectAgreement('the first readings');
  now += 1000;
  await CHANGES[name]!(fleet[0]!, fleet[0]!.gateways[1]!, 4711);
  await expectAgreement(name);
});

test('nothing is written for a reading that changes no line', async () => {
  await newFleet();
  const [peer] = fleet;
  const [gateway] = peer!.gateways;
  await CHANGES['a reading']!(peer!, gateway!, 5);
  const written = () => run('select xmin::text from gateway_lines where gateway_id = $1', [gateway!.id]);
  const before = await written();
  now += 1000;
  await CHANGES['a reading']!(peer!, gateway!, 5);
  await CHANGES['measurements alone']!(peer!, gateway!, 5);
  await CHANGES['a poll that changed nothing']!(peer!, gateway!, 5);
  expect(await written()).toEqual(before);
});

test('a port and its state that change at once are both seen', async () => {
  await newFleet();
  const [peer] = fleet;
  const [gateway] = peer!.gateways;
  const reading = ingest.db.tx(scope(), async (sql) => {
    await sql.query('update gateway_current set oper = array[1, 1, 1]::smallint[] where gateway_id = $1', [
      gateway!.id,
    ]);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  const describing = ingest.db.tx(scope(), (sql) =>
    ports.describe(sql, gateway!.id, 1, { lineDeviceClass: 'lift-phone' }),
  );
  await Promise.all([reading, describing]);
  const kept = () => run('select severity, device from gateway_lines where gateway_id = $1', [gateway!.id]);
  const before = await kept();
  await run('select refresh_gateway_lines(array[$1]::uuid[])', [gateway!.id]);
  expect(await kept()).toEqual(before);
});
