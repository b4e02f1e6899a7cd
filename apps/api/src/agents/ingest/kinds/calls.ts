import { randomUUID } from 'node:crypto';
import { type Call, type CallEvent, isOfCall, mergeCall, portByNumber } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { ourPosition } from '../decide/port-numbers.ts';
import { CALL_COLUMNS, type CallRow, toCall, toRow, UPDATE_CALL } from './call-row.ts';
import { iso } from './iso.ts';
import type { MessageKindOf } from './message-kind.ts';

/** A call whose first record is further back is not looked for: its end becomes a call of its own. */
const LOOK_BACK_MS = 3 * 86_400_000;
const AHEAD_MS = 3_600_000;
/** How often the time of a gateway's last record is written. */
const SOURCE_EVERY_MS = 60_000;

type Place = Pick<CallRow, 'operator_id' | 'site_id' | 'gateway_id'>;

interface StepRow {
  place: Place;
  event: CallEvent;
}

/** A call of a batch, stored already or new. */
interface Working {
  id: string;
  place: Place;
  call: Call;
}

/** Steps of calls: each is added to its call, which has one row whatever came twice, late or never. */
export const calls: MessageKindOf<'calls', StepRow[]> = {
  kind: 'calls',

  needs(body, agentId, needs) {
    for (const { gatewayId } of body.calls) needs.numbered.add(needs.gateway(gatewayId, agentId));
  },

  open: () => [],

  apply({ item, sender, body }, batch, rows, refusals) {
    const correction = batch.correctionOf(body.calls, item);
    for (const { gatewayId: named, ...step } of body.calls) {
      const gatewayId = named.toLowerCase();
      const gateway = batch.access.own(gatewayId, sender, refusals);
      if (gateway === null) continue;
      const at = step.at - correction;
      if (item.receivedAtMs - at > batch.limits.callAgeMaxMs) {
        refusals.add('time-out-of-range', `a step of a call of ${iso(step.at)} is no longer taken`);
        continue;
      }
      const place = { operator_id: sender.operatorId, site_id: sender.siteId, gateway_id: gatewayId };
      rows.push({ place, event: { ...step, at, position: ourPosition(gateway.wirePositions, step.position) } });
    }
  },

  async write(sql, rows) {
    if (rows.length === 0) return;
    const known = await load(sql, rows);
    const placed = await withPorts(sql, rows);
    const working = new Map(known);
    const changed = new Set<Working>();
    for (const { place, event } of placed) {
      const key = `${place.gateway_id}/${event.callKey}`;
      const calls = working.get(key) ?? [];
      const before = calls.findLast(({ call }) => isOfCall(call, event));
      const after = before ?? { id: randomUUID(), place, call: mergeCall(null, event) };
      if (before !== undefined) before.call = mergeCall(before.call, event);
      else working.set(key, [...calls, after]);
      changed.add(after);
    }
    await store(sql, [...changed]);
    await noteSources(sql, rows);
  },
};

/** Stored calls that the steps may belong to, oldest first, by gateway and key. */
async function load(sql: Sql, rows: readonly StepRow[]): Promise<Map<string, Working[]>> {
  const times = rows.map(({ event }) => event.at);
  const { rows: found } = await sql.query<Record<string, unknown> & Place & { id: string; call_key: string }>({
    name: 'ingest-calls-load',
    text: `select c.operator_id, c.site_id, ${CALL_COLUMNS} from unnest($1::uuid[], $2::text[]) as w (gateway_id, call_key)
           join call_record c on c.gateway_id = w.gateway_id and c.call_key = w.call_key
           where c.at >= $3 and c.at <= $4 order by c.at, c.id`,
    values: [...named(rows), new Date(Math.min(...times) - LOOK_BACK_MS), new Date(Math.max(...times) + AHEAD_MS)],
  });
  const working = found.map((row): [string, Working] => {
    const { id, operator_id, site_id, gateway_id } = row;
    return [`${gateway_id}/${row.call_key}`, { id, place: { operator_id, site_id, gateway_id }, call: toCall(row) }];
  });
  return new Map([...Map.groupBy(working, ([key]) => key)].map(([key, own]) => [key, own.map(([, one]) => one)]));
}

/** Gateways and keys of the steps, each pair once. */
function named(rows: readonly StepRow[]): [string[], string[]] {
  const pairs = new Map(rows.map(({ place, event }) => [`${place.gateway_id}/${event.callKey}`, { place, event }]));
  const all = [...pairs.values()];
  return [all.map(({ place }) => place.gateway_id), all.map(({ event }) => event.callKey)];
}

/** The port by the number of the line, where the record does not name it otherwise: people enter numbers here, too. */
async function withPorts(sql: Sql, rows: readonly StepRow[]): Promise<StepRow[]> {
  const wanting = rows.filter(({ event }) => event.position === null && event.lineNumber !== null);
  if (wanting.length === 0) return [...rows];
  const { rows: found } = await sql.query<{ gateway_id: string; position: number; number: string }>({
    name: 'ingest-calls-ports',
    text: `select gateway_id, "position", coalesce(number, reported_number) as number from port
           where operator_id = any ($1::uuid[]) and gateway_id = any ($2::uuid[]) and removed_at is null and coalesce(number, reported_number) is not null`,
    values: [
      [...new Set(wanting.map(({ place }) => place.operator_id))],
      [...new Set(wanting.map(({ place }) => place.gateway_id))],
    ],
  });
  const byGateway = Map.groupBy(found, (row) => row.gateway_id);
  return rows.map((row) => {
    const { place, event } = row;
    if (event.position !== null || event.lineNumber === null) return row;
    const port = portByNumber(event.lineNumber, byGateway.get(place.gateway_id) ?? []);
    return 'position' in port ? { place, event: { ...event, position: port.position } } : row;
  });
}

async function store(sql: Sql, changed: readonly Working[]): Promise<void> {
  const rows = changed.map(({ id, place, call }) => toRow(call, { ...place, id }));
  await sql.query({
    name: 'ingest-calls-store',
    text: `insert into call_record select * from jsonb_populate_recordset(null::call_record, $1::jsonb) on conflict (id, at) do update set ${UPDATE_CALL}`,
    values: [JSON.stringify(rows)],
  });
}

/** Notes that calls of these gateways are known from now on. */
async function noteSources(sql: Sql, rows: readonly StepRow[]): Promise<void> {
  const byGateway = Map.groupBy(rows, ({ place }) => place.gateway_id);
  const sources = [...byGateway.values()].map((own) => ({
    operator_id: own[0]!.place.operator_id,
    gateway_id: own[0]!.place.gateway_id,
    first_at: new Date(Math.min(...own.map(({ event }) => event.at))).toISOString(),
    last_at: new Date(Math.max(...own.map(({ event }) => event.at))).toISOString(),
  }));
  await sql.query({
    name: 'ingest-calls-sources',
    text: `insert into call_source as s select * from jsonb_populate_recordset(null::call_source, $1::jsonb) on conflict (operator_id, gateway_id) do update
             set first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at)
             where excluded.last_at > s.last_at + $2 * interval '1 millisecond' or excluded.first_at < s.first_at`,
    values: [JSON.stringify(sources), SOURCE_EVERY_MS],
  });
}
