import type { Event, GatewayEvent } from '@loopstart/contracts';
import { ALARM_EVENT_KINDS } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchWork } from '../decide/batch-work.ts';
import { ourPosition } from '../decide/port-numbers.ts';
import type { Received } from '../item.ts';
import type { RowEncoders } from '../store/row-encoders.ts';
import { iso } from './iso.ts';
import type { MessageKindOf } from './message-kind.ts';
import { gatewayName } from '../../../core/fleet/gateway-name.ts';

/** A row of gateway_event. */
export interface EventRow extends Pick<
  GatewayEvent,
  'id' | 'kind' | 'severity' | 'position' | 'text' | 'source' | 'detail'
> {
  operator_id: string;
  site_id: string;
  gateway_id: string;
  at: number;
  received_at: number;
  alarm_key: string | null;
}

/** Rows of events in a batch, from any kind of message: written and published together. */
export const eventRows = (batch: BatchWork): EventRow[] => batch.rowsOf<EventRow[]>('events', () => []);

/** The row of an event of a gateway; `at` in our clock, `position` by our numbers. */
export const eventRow = (
  { item, sender }: Pick<Received<unknown>, 'item' | 'sender'>,
  { gatewayId, alarmKey, ...event }: GatewayEvent,
): EventRow => ({
  ...event,
  operator_id: sender.operatorId,
  site_id: sender.siteId,
  gateway_id: gatewayId,
  received_at: item.receivedAtMs,
  alarm_key: alarmKey,
});

/** Notifications of gateways: stored as history, and alarms among them are part of the present. */
export const events = (encoders: RowEncoders): MessageKindOf<'events', EventRow[]> => ({
  kind: 'events',

  needs(body, agentId, needs) {
    for (const { gatewayId, kind } of body.events) {
      const id = needs.gateway(gatewayId, agentId);
      needs.numbered.add(id);
      if (ALARM_EVENT_KINDS.includes(kind)) needs.ports(id);
    }
  },

  open: () => [],

  apply({ item, sender, body }, batch, rows, refusals) {
    const correction = batch.correctionOf(body.events, item);
    for (const event of body.events) {
      const gatewayId = event.gatewayId.toLowerCase();
      const gateway = batch.access.own(gatewayId, sender, refusals);
      if (gateway === null) continue;
      const at = event.at - correction;
      if (item.receivedAtMs - at > batch.limits.historyAgeMaxMs) {
        refusals.add('time-out-of-range', `event ${event.id} of ${iso(event.at)} is no longer kept`);
        continue;
      }
      const position = ourPosition(gateway.wirePositions, event.position);
      gateway.working?.applyAlarm({ ...event, position, at }, item.receivedAtMs);
      rows.push(eventRow({ item, sender }, { ...event, gatewayId, at, position, detail: detailOf(event, correction) }));
    }
  },

  async write(sql, rows, batch) {
    if (rows.length === 0) return;
    const { gateway_event: encoder } = await encoders.get();
    const stored = await sql.query<{ id: string }>({
      name: 'ingest-events',
      text: 'insert into gateway_event select * from unnest($1::gateway_event[]) on conflict do nothing returning id',
      values: [encoder.encode(rows)],
    });
    // An event that is stored already is not published a second time.
    const fresh = new Set(stored.rows.map((row) => row.id));
    const published = rows.filter((event) => fresh.delete(event.id.toLowerCase()));
    const places = await placesOf(sql, published);
    for (const row of published) {
      const place = places.get(row.gateway_id);
      if (place !== undefined) batch.publish(row.operator_id, { type: 'event', event: toEvent(row, place) });
    }
  },
});

function detailOf({ detail }: GatewayEvent, correction: number): GatewayEvent['detail'] {
  if (correction === 0) return detail;
  return { ...detail, 'agent clock': `${Math.round(correction / 1000)} s ahead; the time is when it arrived` };
}

/** Place of a gateway, in the words of the console. */
interface Place {
  id: string;
  name: string;
  site: string;
  customerId: string;
  customer: string;
  zone: string;
}

async function placesOf(sql: Sql, rows: readonly EventRow[]): Promise<Map<string, Place>> {
  const places = await sql.query<Place>(
    `select g.id, ${gatewayName('g')} as name, s.name as site, k.id as "customerId", k.name as customer, s.time_zone as zone
     from gateway g join site s on s.id = g.site_id join customer k on k.id = s.customer_id where g.id = any ($1::uuid[])`,
    [[...new Set(rows.map((event) => event.gateway_id))]],
  );
  return new Map(places.rows.map((row) => [row.id, row]));
}

function toEvent(row: EventRow, place: Place): Event {
  const { id, kind, severity, position, text, source, detail } = row;
  return {
    id,
    gatewayId: row.gateway_id,
    gatewayName: place.name,
    siteId: row.site_id,
    siteName: place.site,
    customerId: place.customerId,
    customerName: place.customer,
    timeZone: place.zone,
    at: new Date(row.at).toISOString(),
    receivedAt: new Date(row.received_at).toISOString(),
    kind,
    severity,
    position,
    text,
    source,
    detail,
  };
}
