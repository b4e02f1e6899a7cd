import { DELIVERY_COLUMNS, DELIVERY_FACETS, DELIVERY_STATES, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plantChannel } from './escalating.ts';
import { plantIncidents } from './incidents-of-lists.ts';
import { checkList } from './list-checks.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;

/** One delivery a message and channel, in every state, some with a recipient, a response or neither. */
async function plantDeliveries(): Promise<void> {
  const owner = api.database.ownerUrl;
  await plantIncidents(owner, oak.operatorId, NOW);
  const channels = [
    await plantChannel(owner, oak.operatorId, 'email', 'Office 10'),
    await plantChannel(owner, oak.operatorId, 'slack', 'office 9'),
  ];
  await asOwner(owner, async (sql) => {
    await sql.query(
      `update outbox_message m set type = 'incident.resolved' from incident i where i.id = m.incident_id and i.number % 2 = 0`,
    );
    await sql.query(
      `insert into delivery (operator_id, message_id, channel_id, recipient, ordering_key, seq, state, attempts, created_at, delivered_at, last_status, last_error)
       select $1, m.id, c.id, case when n % 3 = 0 then 'noc' || n || '@example.com' else '' end, 'x', n,
         (array['pending', 'delivered', 'failed', 'abandoned', 'sending'])[n % 5 + 1], n % 4, $3::timestamptz - (n || ' minutes')::interval,
         case when n % 5 = 1 then $3::timestamptz - (n || ' minutes')::interval + interval '1 second' end,
         case n % 4 when 1 then 200 when 2 then 503 end, case n % 4 when 2 then 'HTTP 503' when 3 then 'The connection was refused.' end
       from (select m.id, row_number() over (order by m.created_at, m.id)::int as n from outbox_message m where m.operator_id = $1) m
       cross join unnest($2::uuid[]) with ordinality c (id, place)`,
      [oak.operatorId, channels, NOW],
    );
  });
}

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  await plantDeliveries();
});
afterAll(() => api.close());

test('without an order the newest is first, with the channel and the incident of each', async () => {
  const { items } = await oak.viewer(endpoints.listDeliveries, { query: {} });
  const times = items.map(({ createdAt }) => createdAt);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(new Set(items.map(({ channel }) => channel.name))).toEqual(new Set(['Office 10', 'office 9']));
  expect(items.every(({ incident }) => incident !== null)).toBe(true);
});

checkList(
  'deliveries',
  () => ({
    list: (query) => oak.viewer(endpoints.listDeliveries, { query }),
    facet: (query) => oak.viewer(endpoints.getDeliveryFacet, { query }),
    export: (query) => oak.viewer(endpoints.exportDeliveries, { query }),
    elsewhere: (query) => elm.viewer(endpoints.listDeliveries, { query }),
    sorted: {
      queued: (row) => row.createdAt,
      message: (row) => row.type,
      incident: ({ incident }) => incident?.number ?? null,
      channel: ({ channel }) => channel.name,
      recipient: (row) => row.recipient,
      state: (row) => DELIVERY_STATES.indexOf(row.state),
      attempts: (row) => row.attempts,
      response: ({ lastStatus, lastError }) => [lastStatus, lastError],
      delivered: (row) => row.deliveredAt,
    },
    facets: DELIVERY_FACETS,
    word: '503',
    narrowed: { state: ['failed', 'abandoned'] },
    misunderstood: { query: { state: ['awful'] }, path: 'query.state.0' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query(
          `update delivery set created_at = created_at - interval '1 year', state = 'sending', attempts = 99 where id = $1`,
          [id],
        );
      }),
  }),
  { columns: DELIVERY_COLUMNS, facets: DELIVERY_FACETS },
);
