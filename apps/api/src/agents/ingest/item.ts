import type { Decoded } from './decide/decode.ts';
import type { UpDelivery } from '../broker/index.ts';

/** A message in the ingest. */
export type Item = Decoded & UpDelivery;

/** The sender: determined before anything in the message is trusted. */
export interface Sender {
  agentId: string;
  operatorId: string;
  siteId: string;
}

/** The body of an accepted message with the message itself and its sender. */
export interface Received<Body> {
  item: Item;
  sender: Sender;
  body: Body;
}
