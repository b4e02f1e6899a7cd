import { Injectable } from '@nestjs/common';

/** A change of an agent that affects its connection. */
export type AgentSignal =
  | { type: 'desired-state-changed'; agentId: string; operatorId: string }
  | { type: 'revoked'; agentId: string; operatorId: string }
  | { type: 'handed-over'; agentId: string; operatorId: string };

/** In-process signals from the rooms that change agents to the one that has their connections. */
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
