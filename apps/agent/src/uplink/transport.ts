import type { Presence } from '@loopstart/contracts';

/** What happens on a connection. */
export interface ConnectionHandlers {
  /** A message from the cloud; the broker forgets it when the promise resolves. */
  onDown(payload: Uint8Array): Promise<void>;
  /** The connection is gone; nothing more will come from it. Called once. */
  onClosed(reason: string): void;
}

/** One connection to the broker, ready: subscribed to what comes down. */
export interface Connection {
  /** Hands a message to the broker; order is kept. Rejects when the broker refuses it or the connection breaks. */
  publish(payload: Uint8Array): Promise<void>;
  setPresence(presence: Presence): Promise<void>;
  /** Ends the connection: politely (the last will is not sent), or at once. */
  close(how: 'politely' | 'at once'): Promise<void>;
}

/** Makes connections. An interface, so that the uplink can be tested against a cloud that misbehaves on purpose. */
export interface Transport {
  /** Rejects with the reason when there is no connection, after `withinMs` at the latest. */
  connect(will: Presence, handlers: ConnectionHandlers, withinMs: number): Promise<Connection>;
}
