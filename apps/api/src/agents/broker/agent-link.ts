import type { DownMessage } from '@loopstart/contracts';
import { Signal } from '../../core/bus/signal.ts';

/** A message from an agent, as it came. */
export interface UpDelivery {
  agentId: string;
  payload: Buffer;
  receivedAtMs: number;
  /** Tells the broker that the message has been dealt with. Called once. */
  settle: () => void;
}

/** What an agent, or its last will, says about its connection. */
export interface PresenceDelivery {
  agentId: string;
  payload: Buffer;
  receivedAtMs: number;
}

/**
 * The way to the agents, whichever broker lies between: this process's own, or an external one. What comes up is told
 * to whoever listens on the signals; who the sender is was proven by its certificate.
 */
export abstract class AgentLink {
  readonly up = new Signal<UpDelivery>();
  readonly presence = new Signal<PresenceDelivery>();
  /** An agent can be sent something now. */
  readonly ready = new Signal<{ agentId: string }>();

  /** Two machines that are both alive use this agent's identity. May be emitted again while they do. */
  readonly conflict = new Signal<{ agentId: string; atMs: number }>();

  /** Begins to take messages. */
  abstract start(): Promise<void>;

  /** Takes no more messages, but can still send. */
  abstract stopIntake(): void;

  abstract stop(): Promise<void>;

  /** Sends to an agent, best effort: whatever matters is said again until the agent reports it. */
  abstract send(agentId: string, message: DownMessage): void;

  /** Closes an agent's connection, for example because it is revoked. */
  abstract disconnect(agentId: string): void;

  /** False where another process or broker may hold the agent's connection. */
  abstract isConnected(agentId: string): boolean;

  /** Agents whose connection this process holds. */
  abstract connected(): string[];

  /** Holds back what comes up, or lets it flow again. */
  abstract holdIntake(hold: boolean): void;

  /** The port the broker of this process listens on; null where there is none. */
  abstract get port(): number | null;
}
