import type { MessageKindOf } from './message-kind.ts';

/** Whether a gateway answers: part of its present. */
export const reachability: MessageKindOf<'reachability'> = {
  kind: 'reachability',

  needs(body, agentId, needs) {
    needs.present(needs.gateway(body.gatewayId, agentId));
  },

  apply({ item, sender, body }, batch, _rows, refusals) {
    const gateway = batch.access.own(body.gatewayId.toLowerCase(), sender, refusals);
    gateway?.working?.reach(body.reachable, body, body.at - batch.correctionOf([body], item));
  },
};
