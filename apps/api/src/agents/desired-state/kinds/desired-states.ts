import { DESIRED_STATE_KINDS, type DownMessage, type LiveEvent } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import type { AnyDesiredState, Expired, Pending } from './desired-state-kind.ts';

/** The kinds of desired state of agents. */
export class DesiredStates {
  readonly #kinds: readonly AnyDesiredState[];

  /** Throws where a kind of the contract has no module, or where two are the same. */
  constructor(kinds: readonly AnyDesiredState[], contract: readonly string[] = DESIRED_STATE_KINDS) {
    this.#kinds = kinds;
    const names = kinds.map(({ kind }) => kind);
    const missing = contract.filter((kind) => !names.includes(kind));
    const unknown = names.filter((kind) => !contract.includes(kind));
    if (missing.length > 0) throw new Error(`There is no module for desired state of kind ${missing.join(', ')}.`);
    if (unknown.length > 0) throw new Error(`The contract has no desired state of kind ${unknown.join(', ')}.`);
    if (new Set(names).size < names.length) throw new Error('There are two modules for one kind of desired state.');
  }

  /** SQL condition on `agent a`: something is not reported. `$2` is the current time. */
  get lagging(): string {
    return this.#kinds.map(({ lagging }) => `(${lagging})`).join(' or ');
  }

  /** The messages to send to an agent, kind by kind. */
  async pending(sql: Sql, agentId: string, now: Date): Promise<Pending<DownMessage>> {
    const messages: DownMessage[] = [];
    const published: LiveEvent[] = [];
    for (const kind of this.#kinds) {
      const pending = await kind.pending(sql, agentId, now);
      messages.push(...(pending.messages as DownMessage[]));
      published.push(...pending.published);
    }
    return { messages, published };
  }

  /** Ends desired state that was not reported in time. */
  async expire(sql: Sql, now: Date): Promise<Expired[]> {
    const expired: Expired[] = [];
    for (const kind of this.#kinds) expired.push(...((await kind.expire?.(sql, now)) ?? []));
    return expired;
  }
}
