import { type StateCells, statesDiffer } from './changes.ts';
import type { CurrentRow } from './working-gateway.ts';

/**
 * The data that must be loaded before the messages of a batch can be applied. The kinds of the messages request it, one
 * message after the other.
 */
export class BatchNeeds {
  /** Gateways that are named, in lower case. */
  readonly ids = new Set<string>();
  /** The agent that names each of them, last. */
  readonly senders = new Map<string, string>();
  /** Inventory revisions that reports refer to. */
  readonly revisions = new Map<string, number>();
  /** Gateways whose whole present may change. */
  readonly withState = new Set<string>();
  /** Gateways of which a port is named: their numbering is not taken from the cache. */
  readonly numbered = new Set<string>();
  /** Agents that may take further gateways. */
  readonly holders = new Set<string>();
  readonly #withPorts = new Set<string>();
  readonly #states = new Map<string, StateCells[]>();

  /** Context of a gateway: its owner and its numbering. Returns its id as it is stored. */
  gateway(gatewayId: string, agentId: string): string {
    const id = gatewayId.toLowerCase();
    this.ids.add(id);
    this.senders.set(id, agentId.toLowerCase());
    return id;
  }

  /** Its present, locked, because it may change in more than measurements. */
  present(id: string): void {
    this.withState.add(id);
  }

  /** Its present with its ports. */
  ports(id: string): void {
    this.withState.add(id);
    this.#withPorts.add(id);
  }

  /** Its present, and its ports where these states differ from those that are stored. */
  states(id: string, states: StateCells): void {
    this.withState.add(id);
    const known = this.#states.get(id);
    if (known === undefined) this.#states.set(id, [states]);
    else known.push(states);
  }

  /** Whether, given its present, the ports of a gateway, or a state of them, may change. */
  readonly needsPorts = (row: CurrentRow): boolean =>
    this.#withPorts.has(row.gateway_id) ||
    (this.#states.get(row.gateway_id) ?? []).some((states) => statesDiffer(row as StateCells, states));
}
