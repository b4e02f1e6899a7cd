import type { LiveEvent } from '@loopstart/contracts';
import { ALARM_EVENT_KINDS } from '@loopstart/domain';

/** Events of one operator since its last evaluation. */
export interface Heard {
  agents: Set<string>;
  gateways: Set<string>;
  /** Events were lost: a full evaluation is due. */
  all: boolean;
  /** Arrival of the first event, ms. */
  since: number;
}

const FINISHED: ReadonlySet<string> = new Set(['succeeded', 'failed']);

/** The subject to evaluate after an event; null: none. Pure. */
export function concerns(event: LiveEvent): { agent: string } | { gateway: string } | 'all' | null {
  switch (event.type) {
    case 'agent':
      return { agent: event.agentId };
    case 'gateway': {
      // Readings that carry measurements alone wait for the next sweep.
      const state = event.gateway?.reachability !== undefined;
      const described = event.ports.some((port) => port.lineDeviceClass !== undefined);
      return state || described ? { gateway: event.gatewayId } : null;
    }
    case 'inventory':
      return { gateway: event.gatewayId };
    case 'event':
      return ALARM_EVENT_KINDS.includes(event.event.kind) ? { gateway: event.event.gatewayId } : null;
    case 'action': {
      const { state, gatewayId } = event.action;
      return FINISHED.has(state) ? { gateway: gatewayId } : null;
    }
    case 'resync':
      return 'all';
    case 'incident':
      return null;
  }
}

/** Collects events until the next evaluation. */
export class Wakeups {
  readonly #heard = new Map<string, Heard>();

  hear(operatorId: string, event: LiveEvent, now: number): boolean {
    const what = concerns(event);
    if (what === null) return false;
    const heard = this.#heard.get(operatorId) ?? { agents: new Set(), gateways: new Set(), all: false, since: now };
    this.#heard.set(operatorId, heard);
    if (what === 'all') heard.all = true;
    else if ('agent' in what) heard.agents.add(what.agent);
    else heard.gateways.add(what.gateway);
    return true;
  }

  /** Removes and returns the operator whose events waited longest, if any are older than `before`, except some. */
  take(before: number, except: { has(operatorId: string): boolean }): { operatorId: string; heard: Heard } | null {
    let oldest: { operatorId: string; heard: Heard } | null = null;
    for (const [operatorId, heard] of this.#heard)
      if (!except.has(operatorId) && heard.since <= before && heard.since < (oldest?.heard.since ?? Infinity))
        oldest = { operatorId, heard };
    if (oldest !== null) this.#heard.delete(oldest.operatorId);
    return oldest;
  }

  clear(): void {
    this.#heard.clear();
  }
}
