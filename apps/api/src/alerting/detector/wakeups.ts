import type { LiveEvent } from '@loopstart/contracts';
import { ALARM_EVENT_KINDS } from '@loopstart/domain';

/** Events of one operator since its last evaluation. */
export interface ChangedSubjects {
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
    case 'configuration':
      return event.gatewayId === null ? null : { gateway: event.gatewayId };
    case 'incident':
      return null;
  }
}

/** Collects events until the next evaluation. */
export class Wakeups {
  readonly #pending = new Map<string, ChangedSubjects>();

  add(operatorId: string, event: LiveEvent, now: number): boolean {
    const what = concerns(event);
    if (what === null) return false;
    const changed = this.#pending.get(operatorId) ?? { agents: new Set(), gateways: new Set(), all: false, since: now };
    this.#pending.set(operatorId, changed);
    if (what === 'all') changed.all = true;
    else if ('agent' in what) changed.agents.add(what.agent);
    else changed.gateways.add(what.gateway);
    return true;
  }

  /** Removes and returns the operator whose events waited longest, if any are older than `before`, except some. */
  take(
    before: number,
    except: { has(operatorId: string): boolean },
  ): { operatorId: string; changed: ChangedSubjects } | null {
    let oldest: { operatorId: string; changed: ChangedSubjects } | null = null;
    for (const [operatorId, changed] of this.#pending)
      if (!except.has(operatorId) && changed.since <= before && changed.since < (oldest?.changed.since ?? Infinity))
        oldest = { operatorId, changed };
    if (oldest !== null) this.#pending.delete(oldest.operatorId);
    return oldest;
  }

  clear(): void {
    this.#pending.clear();
  }
}
