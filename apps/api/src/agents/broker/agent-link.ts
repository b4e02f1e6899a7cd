import type { DownMessage } from '@loopstart/contracts';
import { Signal } from '../../core/bus/signal.ts';

/** A message from an agent, as received. */
export interface UpDelivery {
  agentId: string;
  payload: Buffer;
  receivedAtMs: number;
  /** Acknowledges the message to the broker. Called once. */
  settle: () => void;
}

/** The presence that an agent, or its last will, publishes. */
export interface PresenceDelivery {
  agentId: string;
  payload: Buffer;
  receivedAtMs: number;
}

/**
 * The connection to the agents through either broker: this process's own, or an external one. Messages are passed to
 * listeners of the signals; the sender's certificate proved its identity.
 */
export abstract class AgentLink {
  readonly up = new Signal<UpDelivery>();
  readonly presence = new Signal<PresenceDelivery>();
  /** An agent can receive messages now. */
  readonly ready = new Signal<{ agentId: string }>();

  /** Two live machines use this agent's identity. May be emitted again while they do. */
  readonly conflict = new Signal<{ agentId: string; atMs: number }>();

  /** Starts to take messages. */
  abstract start(): Promise<void>;

  /** Takes no more messages, but can still send. */
  abstract stopIntake(): void;

  abstract stop(): Promise<void>;

  /** Sends to an agent, best effort: everything important is repeated until the agent reports it. */
  abstract send(agentId: string, message: DownMessage): void;

  /** Closes an agent's connection, for example because it is revoked. */
  abstract disconnect(agentId: string): void;

  /** False where another process or broker may hold the agent's connection. */
  abstract isConnected(agentId: string): boolean;

  /** Agents whose connection this process holds. */
  abstract connected(): string[];

  /** Pauses the intake of messages, or resumes it. */
  abstract holdIntake(hold: boolean): void;

  /** The port the broker of this process listens on; null where there is none. */
  abstract get port(): number | null;
}
