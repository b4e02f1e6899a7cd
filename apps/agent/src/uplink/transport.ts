import type { Presence } from '@loopstart/contracts';

/**
 * Why a connection ended or failed. `taken-over`: the broker gave the place to another connection with this identity.
 * `held-off`: it keeps the place for another. `refused`: it does not take the certificate. Otherwise the line or the broker is at fault.
 */
export type EndCause = 'taken-over' | 'held-off' | 'refused' | 'other';

/** A connection that failed. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly endCause: EndCause;

  constructor(message: string, endCause: EndCause) {
    super(message);
    this.endCause = endCause;
  }
}

/** Callbacks of a connection. */
export interface ConnectionHandlers {
  /** A message from the cloud; the broker forgets it when the promise resolves. */
  onDown(payload: Uint8Array): Promise<void>;
  /** The connection is gone; nothing more will come from it. Called once. */
  onClosed(reason: string, cause: EndCause): void;
}

/** One connection to the broker, ready: subscribed to the cloud's messages. */
export interface Connection {
  /** Passes a message to the broker; order is kept. Rejects when the broker refuses it or the connection breaks. */
  publish(payload: Uint8Array): Promise<void>;
  setPresence(presence: Presence): Promise<void>;
  /** Ends the connection: in order (the last will is not sent), or at once. */
  close(how: 'politely' | 'at once'): Promise<void>;
}

/** Creates connections. An interface, so that the uplink can be tested against a cloud that misbehaves on purpose. */
export interface Transport {
  /** Rejects with the reason (a ConnectError where its cause is known) when there is no connection, after `withinMs` at the latest. */
  connect(will: Presence, handlers: ConnectionHandlers, withinMs: number): Promise<Connection>;
}
