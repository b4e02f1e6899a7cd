import type { Sender } from '../item.ts';
import { isUuid } from '../rows/uuid.ts';
import type { WirePositions } from './port-numbers.ts';
import type { Refusals } from './refusals.ts';
import type { WorkingGateway } from './working-gateway.ts';

/**
 * The facts of a gateway that the batch needs; `working` only where its present may change in more than measurements.
 */
export interface GatewayContext {
  operatorId: string;
  siteId: string;
  /** The agent that holds it; null: none. */
  agentId: string | null;
  /** That agent cannot return: it was revoked, or its certificate has expired. */
  holderGone: boolean;
  revision: number;
  portCount: number;
  /** Where the agent's port numbers differ from ours: its number to ours. Null: they are the same. */
  wirePositions: WirePositions | null;
  working: WorkingGateway | null;
}

/** The number of gateways and ports that an agent holds. */
export interface Holding {
  gateways: number;
  ports: number;
}

/** The maximum that one agent may hold. */
export interface HoldingLimits {
  gatewaysPerAgentMax: number;
  portsPerAgentMax: number;
}

/** Decides which gateways of a batch a sender may report. Adds the reasons to the refusals of the message. No IO. */
export class GatewayAccess {
  readonly #gateways: ReadonlyMap<string, GatewayContext>;
  /** Gateways that the transaction does not see because they belong to another operator. */
  readonly #foreign: ReadonlySet<string>;
  readonly #limits: HoldingLimits;
  /** By agent; grows as gateways are taken. */
  readonly #holdings: Map<string, Holding>;

  constructor(
    gateways: ReadonlyMap<string, GatewayContext>,
    foreign: ReadonlySet<string>,
    limits: HoldingLimits,
    holdings: Map<string, Holding>,
  ) {
    this.#gateways = gateways;
    this.#foreign = foreign;
    this.#limits = limits;
    this.#holdings = holdings;
  }

  /** The gateway where the sender holds it; otherwise null. */
  own(gatewayId: string, sender: Sender, refusals: Refusals): GatewayContext | null {
    const gateway = this.#ofSite(gatewayId, sender, refusals);
    if (gateway === null || gateway.agentId === sender.agentId) return gateway;
    if (this.#mayHold(gatewayId, gateway, sender, refusals))
      refusals.addLacking('not-holder', gatewayId, 'has no inventory by this agent, which takes it over');
    return null;
  }

  /** Whether the sender may take a gateway, new or known, with this many ports; its own gateways always fit. */
  take(gatewayId: string, ports: number, sender: Sender, refusals: Refusals): boolean {
    const known = this.#gateways.get(gatewayId);
    if (known !== undefined || this.#foreign.has(gatewayId) || !isUuid(gatewayId)) {
      if (this.#ofSite(gatewayId, sender, refusals) === null) return false;
      if (known !== undefined && !this.#mayHold(gatewayId, known, sender, refusals)) return false;
    }
    return this.#fits(gatewayId, known, ports, sender, refusals);
  }

  /** The gateway where it belongs to the sender's site; otherwise null. */
  #ofSite(gatewayId: string, sender: Sender, refusals: Refusals): GatewayContext | null {
    const gateway = this.#gateways.get(gatewayId);
    if (gateway === undefined) {
      if (!isUuid(gatewayId)) refusals.add('invalid', 'a gateway id is no UUID');
      else if (this.#foreign.has(gatewayId))
        refusals.add('wrong-tenant', `gateway ${gatewayId} is not of this operator`);
      else refusals.addLacking('unknown-gateway', gatewayId, 'has sent no inventory');
      return null;
    }
    if (gateway.operatorId !== sender.operatorId)
      refusals.add('wrong-tenant', `gateway ${gatewayId} is not of this operator`);
    else if (gateway.siteId !== sender.siteId) refusals.add('wrong-site', `gateway ${gatewayId} is at another site`);
    else return gateway;
    return null;
  }

  /** A gateway goes to another agent of its site when an operator hands it over, or when its holder cannot come back. */
  #mayHold(gatewayId: string, { agentId, holderGone }: GatewayContext, sender: Sender, refusals: Refusals): boolean {
    if (agentId === null || agentId === sender.agentId || holderGone) return true;
    // Its inventory is requested from time to time, so that a hand-over is followed by one.
    refusals.addLacking('not-holder', gatewayId, `is held by agent ${agentId}; an operator can hand it over`);
    return false;
  }

  #fits(
    gatewayId: string,
    known: GatewayContext | undefined,
    ports: number,
    { agentId }: Sender,
    refusals: Refusals,
  ): boolean {
    const { gatewaysPerAgentMax, portsPerAgentMax } = this.#limits;
    const held = this.#holdings.get(agentId) ?? { gateways: 0, ports: 0 };
    const before = known?.agentId === agentId ? { gateways: 1, ports: known.portCount } : { gateways: 0, ports: 0 };
    const after = { gateways: held.gateways - before.gateways + 1, ports: held.ports - before.ports + ports };
    if (after.gateways > held.gateways && after.gateways > gatewaysPerAgentMax)
      refusals.add(
        'too-many-gateways',
        `gateway ${gatewayId}: one agent holds at most ${gatewaysPerAgentMax} gateways`,
      );
    else if (after.ports > held.ports && after.ports > portsPerAgentMax)
      refusals.add('too-many-ports', `gateway ${gatewayId}: one agent holds at most ${portsPerAgentMax} ports`);
    else {
      this.#holdings.set(agentId, after);
      return true;
    }
    return false;
  }
}
