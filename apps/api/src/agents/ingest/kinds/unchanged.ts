import type { MessageKindOf } from './message-kind.ts';

/** Unchanged polls: only the freshness of gateways changes. */
export const unchanged: MessageKindOf<'unchanged'> = {
  kind: 'unchanged',

  needs(body, agentId, needs) {
    for (const gatewayId of body.gatewayIds) needs.gateway(gatewayId, agentId);
  },

  apply({ item, sender, body }, batch, _rows, refusals) {
    const atMs = body.at - batch.correctionOf([body], item);
    for (const id of body.gatewayIds) {
      const gatewayId = id.toLowerCase();
      const gateway = batch.access.own(gatewayId, sender, refusals);
      if (gateway === null) continue;
      if (gateway.working === null) batch.noteUnchanged(gatewayId, atMs, item.receivedAtMs);
      else gateway.working.unchanged(atMs, item.receivedAtMs);
    }
  },
};
