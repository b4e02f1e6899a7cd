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

/** The body of an accepted message with the message itself and its sender. */
export interface Received<Body> {
  item: Item;
  sender: Sender;
  body: Body;
}
