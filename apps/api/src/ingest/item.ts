import type { Decoded } from './decide/decode.ts';
import type { UpDelivery } from '../broker/agent-link.ts';

/** A message on its way through the ingest. */
export type Item = Decoded & Pick<UpDelivery, 'agentId' | 'payload' | 'receivedAtMs' | 'settle'>;

/** Who sends: found out before anything of a message is believed. */
export interface Sender {
  agentId: string;
  operatorId: string;
  siteId: string;
}

/** Reports in a message: what makes a batch heavy. */
export function weightOf(item: Item): number {
  return item.message?.kind === 'reports' ? item.message.body.reports.length : 1;
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
