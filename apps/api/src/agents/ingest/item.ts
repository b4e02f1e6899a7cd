import type { Decoded } from './decide/decode.ts';
import type { UpDelivery } from '../broker/index.ts';

/** A message on its way through the ingest. */
export type Item = Decoded & UpDelivery;

/** Who sends: found out before anything of a message is believed. */
export interface Sender {
  agentId: string;
  operatorId: string;
  siteId: string;
}

/** The gateways a message speaks of. */
export function gatewayIdsOf(item: Item): string[] {
  const { message } = item;
  switch (message?.kind) {
    case 'inventory':
    case 'reachability':
      return [message.body.gatewayId.toLowerCase()];
    case 'reports':
      return message.body.reports.map((report) => report.gatewayId.toLowerCase());
    case 'unchanged':
      return message.body.gatewayIds.map((id) => id.toLowerCase());
    case 'events':
      return message.body.events.map((event) => event.gatewayId.toLowerCase());
    default:
      return [];
  }
}
