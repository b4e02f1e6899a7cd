import { Injectable } from '@nestjs/common';

/** What of an agent changed that its connection must learn. */
export type AgentSignal =
  | { type: 'config-changed'; agentId: string; operatorId: string }
  | { type: 'revoked'; agentId: string; operatorId: string }
  | { type: 'handed-over'; agentId: string; operatorId: string }
  | { type: 'action-created'; agentId: string; operatorId: string };

/** In-process word from features to whoever holds the agents' connections; other processes look at the database. */
@Injectable()
export class AgentSignals {
  readonly #listeners = new Set<(signal: AgentSignal) => void>();

  emit(signal: AgentSignal): void {
    for (const listener of this.#listeners) listener(signal);
  }

  /** Calls `listener` for each signal until the returned function is called. */
  on(listener: (signal: AgentSignal) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
