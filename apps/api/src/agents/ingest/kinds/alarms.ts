import { randomUUID } from 'node:crypto';
import { eventsOfList } from '@loopstart/domain';
import { ourPosition } from '../decide/port-numbers.ts';
import { eventRow, eventRows } from './events.ts';
import { iso } from './iso.ts';
import type { MessageKindOf } from './message-kind.ts';

/**
 * The active alarms of a gateway's complete list: the standing alarms here are adjusted to it, by events that record
 * it. This makes up for notifications that were lost, in transit or while the agent was away.
 */
export const alarms: MessageKindOf<'alarms'> = {
  kind: 'alarms',

  needs({ gatewayId }, agentId, needs) {
    const id = needs.gateway(gatewayId, agentId);
    needs.numbered.add(id);
    needs.ports(id);
  },

  apply({ item, sender, body }, batch, _rows, refusals) {
    const gatewayId = body.gatewayId.toLowerCase();
    const gateway = batch.access.own(gatewayId, sender, refusals);
    if (gateway === null || gateway.working === null) return;
    const at = body.at - batch.correctionOf([body], item);
    if (item.receivedAtMs - at > batch.limits.historyAgeMaxMs) {
      refusals.add('time-out-of-range', `gateway ${gatewayId}: alarms listed at ${iso(body.at)}, no longer kept`);
      return;
    }
    const listed = body.alarms.map((alarm) => ({
      ...alarm,
      position: ourPosition(gateway.wirePositions, alarm.position),
    }));
    for (const event of eventsOfList(gateway.working.alarms, { at, covers: body.covers, alarms: listed })) {
      gateway.working.applyAlarm(event, item.receivedAtMs);
      const detail = { reason: event.kind === 'alarm-cleared' ? 'not-in-active-alarms' : 'in-active-alarms' };
      eventRows(batch).push(
        eventRow({ item, sender }, { ...event, id: randomUUID(), gatewayId, at, source: 'poll', detail }),
      );
    }
  },
};
